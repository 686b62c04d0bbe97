import { ocspRequest } from '../../../identity/certificates/index.ts'
import type { Certificate } from './certificate.ts'
import { nameOf, type RevocationMaterial } from './revocation.ts'

/** Asks the outside world about revocation. */
export interface RevocationDesk {
  /** Lists and answers for a certificate; `isUnreachable` when an address is named and nobody answered there. */
  ask(certificate: Certificate, issuer: Certificate, atMs: number): Promise<RevocationMaterial & { isUnreachable: boolean }>
}

/** Brings what lies at an address: a list, or (with a body) the answer to a status request. Throws when nobody answers. */
export type Fetch = (address: string, body?: Uint8Array) => Promise<Uint8Array>

/** Asks at the addresses that the certificate itself names: status first, a list where that gives nothing. */
export function revocationDesk(fetch: Fetch): RevocationDesk {
  return {
    async ask(certificate, issuer) {
      let isUnreachable = false
      const first = async (addresses: readonly string[], body?: Uint8Array): Promise<Uint8Array[]> => {
        for (const address of addresses.slice(0, 3)) {
          try {
            return [await fetch(address, body)]
          } catch {
            // The next address may answer; that none did is told in the finding, and the clerk sees it.
            isUnreachable = true
          }
        }
        return []
      }
      const ocsps = await first(certificate.ocspAddresses, ocspRequest(nameOf(certificate, issuer), { withNonce: false }).der)
      const crls = ocsps.length > 0 ? [] : await first(certificate.crlAddresses)
      return { crls, ocsps, isUnreachable: isUnreachable && crls.length + ocsps.length === 0 }
    },
  }
}
