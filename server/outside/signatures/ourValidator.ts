import type { Clock } from '../../base/clock.ts'
import { townPolicy, type SignaturePolicy } from './policy.ts'
import type { FileToValidate, SignatureValidator } from './signatureValidator.ts'
import type { Surroundings } from './timeStamp.ts'
import type { Certificate } from './trust/certificate.ts'
import type { RevocationDesk } from './trust/revocationDesk.ts'
import { validateCms } from './validateCms.ts'
import { validatePdf } from './validatePdf.ts'

interface Given {
  clock: Pick<Clock, 'now'>
  /** The authorities of the trust list. */
  trusted: readonly Certificate[]
  trust: SignatureValidator['trust']
  desk: RevocationDesk
  policy?: SignaturePolicy
}

/** Validates here, in this process: EN 319 102-1 with verdicts as EU DSS gives them (tests/outside/signatures). */
export function ourValidator({ clock, trusted, trust, desk, policy = townPolicy }: Given): SignatureValidator {
  return {
    trust,
    async validate(file: FileToValidate) {
      const atMs = clock.now()
      const around: Surroundings = { trusted, known: [], material: { crls: [], ocsps: [] }, desk, policy, atMs }
      const found = file.kind === 'pdf' ? await validatePdf(file.bytes, around) : await validateCms(file.bytes, file.beside, around)
      return { ...found, validatedAt: new Date(atMs).toISOString() }
    },
  }
}
