import type { SignerInfo } from 'pkijs'
import { holderOf, readCertificate } from '../../identity/certificates/index.ts'
import { isStrongAt } from './cms/algorithms.ts'
import { checkSigner, signedWith, type CryptoFinding } from './cms/checkSigner.ts'
import { attributeTypes, certificateOf, namesCertificate, signingTimeOf, valuesOf, type Cms } from './cms/readCms.ts'
import type { Indication, Reason, Remark, SignatureFinding, SubIndication } from './report.ts'
import { provenTime, type Surroundings } from './timeStamp.ts'
import type { Certificate } from './trust/certificate.ts'
import { judgeChain, type ChainFinding } from './trust/judgeChain.ts'

/** A signature as it lies before the judge. */
export interface Signature {
  cms: Cms
  signer: SignerInfo
  /** What was signed, in parts; undefined: the file is not there. */
  content: readonly Uint8Array[] | undefined
  /** What is wrong with the shape of the file around it. */
  formatFault: Reason | null
  /** A PDF tells the time in its own dictionary; undefined: the signed attributes tell it. */
  claimedAt?: number | null
  remarks: readonly Remark[]
  /** Times that stamps over the whole file prove, ms. */
  fileStamps: readonly number[]
  /** Whether the file brings material for later validation. */
  hasMaterial: boolean
}

interface Verdict {
  indication: Indication
  sub: SubIndication | null
  reason: Reason | null
}

const failed = (sub: SubIndication, reason: Reason): Verdict => ({ indication: 'TOTAL-FAILED', sub, reason })
const unsure = (sub: SubIndication, reason: Reason): Verdict => ({ indication: 'INDETERMINATE', sub, reason })

const CRYPTO_VERDICTS: Readonly<Record<Exclude<CryptoFinding, 'intact'>, Verdict>> = {
  'content-missing': unsure('SIGNED_DATA_NOT_FOUND', 'file-missing'),
  'content-altered': failed('HASH_FAILURE', 'file-altered'),
  'signature-broken': failed('SIG_CRYPTO_FAILURE', 'signature-broken'),
}

/** Judges one signature as EN 319 102-1 does for the longest-lived ones (5.6), and says why. */
export async function judgeSignature(signature: Signature, around: Surroundings): Promise<SignatureFinding> {
  const { cms, signer } = signature
  const leaf = certificateOf(signer, cms.certificates)
  const claimedAt = signature.claimedAt === undefined ? signingTimeOf(signer) : signature.claimedAt
  const stamps = await stampsOf(signature, around)
  const provenMs = Math.min(around.atMs, ...stamps.times)
  const chain = leaf && (await judgeChain({
    ...around, leaf, known: [...around.known, ...cms.certificates],
    material: { crls: [...around.material.crls, ...cms.crls], ocsps: [...around.material.ocsps, ...cms.ocsps] },
    provenMs, use: 'signing',
  }))
  const verdict = formVerdict(signature, leaf, around) ?? trustVerdict(signature, leaf!, chain!, claimedAt, provenMs)
  return {
    ...verdict,
    remarks: remarksOn(signature, claimedAt, stamps, around.atMs),
    level: stamps.given === 0 ? 'B' : signature.fileStamps.length > 0 && signature.hasMaterial ? 'LTA' : signature.hasMaterial ? 'LT' : 'T',
    signer: leaf ? { name: shownName(leaf), issuer: leaf.issuerName, personalNumber: numberOf(leaf) } : null,
    claimedAt: iso(claimedAt),
    provenAt: iso(stamps.times.length > 0 ? Math.min(...stamps.times) : null),
    revocation: !chain?.status ? 'unknown' : chain.status.state === 'held' ? 'suspended' : chain.status.state,
  }
}

/** Shape, certificate and cryptography: what no trust can mend (5.2.2, 5.2.3, 5.2.7). */
function formVerdict(
  { formatFault, signer, content, cms }: Signature, leaf: Certificate | undefined, { policy }: Surroundings,
): Verdict | undefined {
  if (formatFault) return failed('FORMAT_FAILURE', formatFault)
  if (!leaf) return unsure('NO_SIGNING_CERTIFICATE_FOUND', 'certificate-missing')
  const named = namesCertificate(signer, leaf)
  if (named === 'no') return unsure('NO_SIGNING_CERTIFICATE_FOUND', 'certificate-other')
  if (named === 'absent' && policy.certificateNamed) return unsure('SIG_CONSTRAINTS_FAILURE', 'certificate-not-named')
  const finding = checkSigner(signer, leaf, content, cms.contentType)
  return finding === 'intact' ? undefined : CRYPTO_VERDICTS[finding]
}

/** The certificate, then the attributes, then the strength of algorithms (5.2.6, 5.2.8, 5.6.2.4). */
function trustVerdict(
  { signer }: Signature, leaf: Certificate, { fault }: ChainFinding, claimedAt: number | null, provenMs: number,
): Verdict {
  if (fault && fault.sub !== 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE') return unsure(fault.sub, fault.reason)
  if (claimedAt === null) return unsure('SIG_CONSTRAINTS_FAILURE', 'time-missing')
  if (valuesOf(signer.signedAttrs, attributeTypes.messageDigest).length === 0) return unsure('SIG_CONSTRAINTS_FAILURE', 'digest-missing')
  const isStrong = signedWith(signer, leaf)?.every((method) => isStrongAt(method, provenMs))
  if (fault || !isStrong) return unsure('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'algorithm-weak')
  return { indication: 'TOTAL-PASSED', sub: null, reason: null }
}

interface Stamps {
  /** How many there are, trusted or not. */
  given: number
  /** Of trusted ones, ms. */
  times: readonly number[]
}

async function stampsOf({ signer, fileStamps }: Signature, around: Surroundings): Promise<Stamps> {
  const tokens = valuesOf(signer.unsignedAttrs, attributeTypes.timeStamp).slice(0, 5)
  const from = Math.min(around.atMs, ...fileStamps)
  const times: number[] = [...fileStamps]
  for (const token of tokens) {
    const time = await provenTime(new Uint8Array(token.valueBeforeDecodeView), [signer.signature.valueBlock.valueHexView], around, from)
    // What is stamped in the future proves nothing yet.
    if (time !== undefined && time <= around.atMs + CLOCKS_DIFFER_MS) times.push(time)
  }
  return { given: tokens.length + fileStamps.length, times }
}

function remarksOn({ remarks }: Signature, claimedAt: number | null, { given, times }: Stamps, atMs: number): Remark[] {
  return [
    ...remarks,
    ...(claimedAt !== null && claimedAt > atMs + CLOCKS_DIFFER_MS ? ['time-in-future' as const] : []),
    ...(times.length === 0 ? [given > 0 ? ('stamp-not-trusted' as const) : ('time-only-claimed' as const)] : []),
  ]
}

// A home computer's clock may be ahead of ours.
const CLOCKS_DIFFER_MS = 10 * 60_000

const iso = (ms: number | null): string | null => (ms === null || Number.isNaN(ms) ? null : new Date(ms).toISOString())

function numberOf(certificate: Certificate): string | null {
  const read = readCertificate(certificate.der)
  return (read && holderOf(read)?.personalNumber) ?? null
}

function shownName(certificate: Certificate): string {
  const [given, family, common] = ['2.5.4.42', '2.5.4.4', '2.5.4.3'].map((oid) => certificate.named(oid)) as (string | undefined)[]
  return given && family ? `${given} ${family}` : (common ?? '')
}
