import { DerFault } from './cms/guardDer.ts'
import { readCms, type Cms } from './cms/readCms.ts'
import { judgeSignature } from './judgeSignature.ts'
import { compareRevisions, isUnlocked, isWithin, type Changes } from './pdf/changes.ts'
import { isRangeWhole, signedParts, signedRevision } from './pdf/checkRange.ts'
import { PdfFile } from './pdf/pdfFile.ts'
import { signaturesOf, type PdfSignature } from './pdf/signatureFields.ts'
import { unpackAny } from './pdf/unpack.ts'
import { isDict, PdfFault, PdfStream } from './pdf/values.ts'
import type { SignaturePolicy } from './policy.ts'
import type { Reason, SignatureFinding, SignatureReport } from './report.ts'
import { provenTime, type Surroundings } from './timeStamp.ts'
import { Certificate } from './trust/certificate.ts'

const TIME_STAMP = 'ETSI.RFC3161'
const MOST_SIGNATURES = 10

/** Validates the signatures within a PDF file (EN 319 142-1). */
export async function validatePdf(bytes: Uint8Array, surroundings: Surroundings): Promise<Omit<SignatureReport, 'validatedAt'>> {
  let file: PdfFile
  let found
  try {
    file = new PdfFile(bytes)
    if (file.isEncrypted) return { kind: 'unreadable', signatures: [] }
    found = signaturesOf(file)
    if (found.signatures.length > MOST_SIGNATURES) return { kind: 'unreadable', signatures: [] }
  } catch (error) {
    if (error instanceof PdfFault) return { kind: 'unreadable', signatures: [] }
    throw error
  }
  const read = found.signatures.map((signature) => ({ signature, cms: cmsIn(signature) }))
  const readable = read.filter((each): each is { signature: PdfSignature; cms: Cms } => each.cms !== undefined)
  const isBroken = found.unreadable > 0 || readable.length < found.signatures.length
  const around = withMaterial(file, surroundings)
  const stamps = await fileStamps(bytes, readable.filter(({ signature }) => signature.subFilter === TIME_STAMP), around)
  const findings: SignatureFinding[] = []
  for (const { signature, cms } of readable.filter((each) => each.signature.subFilter !== TIME_STAMP)) {
    const { fault, changes } = shapeOf(bytes, file, signature, cms, around.policy)
    findings.push(await judgeSignature({
      cms, signer: cms.signers[0]!, content: signedParts(bytes, signature.byteRange), formatFault: fault, claimedAt: signature.claimedAt,
      remarks: changes?.fields.size && (signature.permission ?? 1) < 2 ? ['form-filled-after'] : [],
      fileStamps: stamps.filter(({ end }) => end > endOf(signature)).map(({ time }) => time),
      hasMaterial: around.material.crls.length + around.material.ocsps.length > 0 || cms.crls.length + cms.ocsps.length > 0,
    }, around))
  }
  if (findings.length === 0) return { kind: isBroken ? 'unreadable' : 'none', signatures: [] }
  return { kind: 'signed', signatures: findings }
}

const endOf = ({ byteRange }: PdfSignature): number => (byteRange[2] ?? 0) + (byteRange[3] ?? 0)

function cmsIn({ contents }: PdfSignature): Cms | undefined {
  try {
    return readCms(contents.bytes)
  } catch (error) {
    if (error instanceof DerFault) return undefined
    throw error
  }
}

/** What is wrong with the file around a signature (EN 319 102-1, 5.2.2, and the permissions of ISO 32000-2, 12.8.2). */
function shapeOf(
  bytes: Uint8Array, file: PdfFile, signature: PdfSignature, cms: Cms, policy: SignaturePolicy,
): { fault: Reason | null; changes?: Changes } {
  if (cms.signers.length !== 1) return { fault: 'several-signers' }
  if (!isRangeWhole(bytes, signature)) return { fault: 'range-broken' }
  if (endOf(signature) === bytes.length) return { fault: null }
  let changes: Changes
  try {
    const signed = new PdfFile(signedRevision(bytes, signature))
    // Within the signed revision, the same field must hold the same signature.
    const isSame = ({ contents, field }: PdfSignature): boolean => contents.from === signature.contents.from && field === signature.field
    if (!signaturesOf(signed).signatures.some(isSame)) return { fault: 'range-broken' }
    changes = compareRevisions(signed, file)
  } catch (error) {
    if (error instanceof PdfFault) return { fault: 'content-changed' }
    throw error
  }
  return { fault: changeFault(changes, signature, policy), changes }
}

function changeFault(changes: Changes, { permission, locks }: PdfSignature, policy: SignaturePolicy): Reason | null {
  if (changes.pages) return 'pages-changed'
  if (policy.permissions && !isWithin(permission, changes)) return 'change-forbidden'
  if (policy.permissions && !isUnlocked(locks, changes)) return 'field-closed'
  if (policy.unchangedContent && changes.other) return 'content-changed'
  if (policy.unchangedContent && changes.notes) return 'notes-added'
  return null
}

/** The times that stamps over the whole file prove, the latest first: each may lean on those after it (EN 319 142-1, 5.4.3). */
async function fileStamps(
  bytes: Uint8Array, stamps: readonly { signature: PdfSignature }[], around: Surroundings,
): Promise<{ end: number; time: number }[]> {
  const proven: { end: number; time: number }[] = []
  for (const { signature } of stamps.toReversed()) {
    if (!isRangeWhole(bytes, signature)) continue
    const from = Math.min(around.atMs, ...proven.map(({ time }) => time))
    const time = await provenTime(signature.contents.bytes, signedParts(bytes, signature.byteRange), around, from)
    if (time !== undefined) proven.push({ end: endOf(signature), time })
  }
  return proven
}

/** Certificates, lists and answers that the file keeps for later validation (EN 319 142-1, 5.4.2). */
function withMaterial(file: PdfFile, around: Surroundings): Surroundings {
  const store = file.dictAt(file.catalog, 'DSS')
  const all = (key: string): Uint8Array[] => file.listAt(store, key).slice(0, 100).map((each) => file.resolve(each))
    .filter((each) => each instanceof PdfStream).map((each) => unpackAny(each)).filter((each) => each !== undefined)
  if (!isDict(store ?? null)) return around
  return {
    ...around,
    known: [...around.known, ...all('Certs').flatMap((der) => certificateIn(der) ?? [])],
    material: { crls: [...around.material.crls, ...all('CRLs')], ocsps: [...around.material.ocsps, ...all('OCSPs')] },
  }
}

function certificateIn(der: Uint8Array): Certificate | undefined {
  try {
    return Certificate.read(der)
  } catch (error) {
    if (error instanceof DerFault) return undefined
    throw error
  }
}
