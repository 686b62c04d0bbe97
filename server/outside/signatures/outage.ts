import { Outage } from '../../base/errors.ts'
import type { SignatureValidator } from './signatureValidator.ts'

/** A validator that does not answer. */
export const outageValidator: SignatureValidator = {
  trust: 'national',
  async validate() {
    throw new Outage('signatures')
  },
}
