import { DerFault } from './cms/guardDer.ts'
import { readCms } from './cms/readCms.ts'
import { judgeSignature } from './judgeSignature.ts'
import type { SignatureFinding, SignatureReport } from './report.ts'
import type { Surroundings } from './timeStamp.ts'

/** Validates signatures that lie beside a file or around it (EN 319 122-1). `beside`: the file, where it is at hand. */
export async function validateCms(
  bytes: Uint8Array, beside: Uint8Array | undefined, around: Surroundings,
): Promise<Omit<SignatureReport, 'validatedAt'>> {
  let cms
  try {
    cms = readCms(bytes)
  } catch (error) {
    if (error instanceof DerFault) return { kind: 'unreadable', signatures: [] }
    throw error
  }
  const content = cms.content ?? beside
  const findings: SignatureFinding[] = []
  for (const signer of cms.signers) {
    findings.push(await judgeSignature({
      cms, signer, content: content && [content], formatFault: null, remarks: [], fileStamps: [],
      hasMaterial: cms.crls.length + cms.ocsps.length > 0,
    }, around))
  }
  return { kind: 'signed', signatures: findings }
}
