import { createHash } from 'node:crypto'
import { Integer, Null, OctetString } from 'asn1js'
import { AlgorithmIdentifier, CertID, OCSPRequest, Request, TBSRequest } from 'pkijs'
import type { Certificate } from './certificate.ts'
import type { RevocationMaterial } from './revocation.ts'

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
      const ocsps = await first(certificate.ocspAddresses, statusRequest(certificate, issuer))
      const crls = ocsps.length > 0 ? [] : await first(certificate.crlAddresses)
      return { crls, ocsps, isUnreachable: isUnreachable && crls.length + ocsps.length === 0 }
    },
  }
}

/** A request of RFC 6960, 4.1, hashed with SHA-1, the one every responder knows (RFC 5019, 2.1.1). */
export function statusRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const sha1 = (bytes: Uint8Array): OctetString => new OctetString({ valueHex: new Uint8Array(createHash('sha1').update(bytes).digest()) })
  const id = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: '1.3.14.3.2.26', algorithmParams: new Null() }),
    issuerNameHash: sha1(Buffer.from(issuer.subject, 'hex')),
    issuerKeyHash: sha1(issuer.keyBytes),
    serialNumber: new Integer({ valueHex: new Uint8Array(Buffer.from(certificate.serial, 'hex')) }),
  })
  const request = new OCSPRequest({ tbsRequest: new TBSRequest({ requestList: [new Request({ reqCert: id })] }) })
  return new Uint8Array(request.toSchema(true).toBER())
}
