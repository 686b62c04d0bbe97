import { Outage } from '../../base/errors.ts'
import type { SignatureReport } from '../../outside/signatures/index.ts'
import type { Context } from '../context.ts'
import { isSignatureFile, type CaseDocument } from '../document.ts'
import type { KeptSignatures } from './keptSignatures.ts'

/** A file as it came. */
export interface GivenFile {
  fileName: string
  field: string
  mediaType: string
  bytes: Uint8Array
}

/**
 * Validates what a file carries of signatures; null where there is nothing to say: a picture, a PDF without any. A signature
 * beside a file is held against the papers of the same draft, the one of its name first. An outage of the validator is told as
 * `unchecked`, so that a paper which need not be signed is not kept out by it.
 */
export async function readSignatures(context: Context, given: GivenFile, papers: readonly CaseDocument[]): Promise<KeptSignatures | null> {
  const isCms = isSignatureFile(given.mediaType)
  if (!isCms && given.mediaType !== 'application/pdf') return null
  const { signatures: validator, clock } = context
  try {
    const { report, beside } = isCms ? await validateBeside(context, given, papers)
      : { report: await validator.validate({ kind: 'pdf', bytes: given.bytes }), beside: null }
    if (report.kind === 'none') return null
    // A PDF that cannot be read, and does not claim to be signed, is a matter for whoever reads it.
    if (report.kind === 'unreadable' && !isCms && !claimsSignature(given.bytes)) return null
    return { ...keep(context, report), trust: validator.trust, beside }
  } catch (error) {
    if (!(error instanceof Outage)) throw error
    context.log.warn('signatures-unchecked', { error })
    if (!isCms && !claimsSignature(given.bytes)) return null
    return { kind: 'unchecked', trust: validator.trust, validatedAt: new Date(clock.now()).toISOString(), beside: null, signatures: [] }
  }
}

async function validateBeside({ signatures: validator, files, tenant }: Context, given: GivenFile, papers: readonly CaseDocument[]) {
  const { bytes } = given
  const alone = await validator.validate({ kind: 'cms', bytes })
  // A signature around its file, or one that cannot be read, needs no other paper.
  if (!alone.signatures.some(({ reason }) => reason === 'file-missing')) return { report: alone, beside: null }
  let nearest: { report: SignatureReport; beside: string } | undefined
  for (const paper of candidates(given, papers)) {
    const report = await validator.validate({ kind: 'cms', bytes, beside: await files.get(tenant.id, paper.storageKey) })
    const found = { report, beside: paper.id }
    if (!report.signatures.some(({ reason }) => reason === 'file-altered')) return found
    nearest ??= found
  }
  return nearest ?? { report: alone, beside: null }
}

/** `request.pdf.p7s` and `request.p7s` lie beside `request.pdf`; else the papers of the same field, the newest first. */
function candidates({ fileName, field }: GivenFile, papers: readonly CaseDocument[]): CaseDocument[] {
  const stem = fileName.replace(/\.p7[sm]$/i, '').toLowerCase()
  const rank = (paper: CaseDocument): number => {
    const name = paper.fileName.toLowerCase()
    return name === stem ? 0 : name.replace(/\.[a-z]+$/, '') === stem ? 1 : paper.field === field ? 2 : 3
  }
  return papers.filter(({ mediaType }) => !isSignatureFile(mediaType)).toReversed().sort((one, other) => rank(one) - rank(other))
}

function keep({ keys, tenant }: Context, report: SignatureReport): Omit<KeptSignatures, 'trust' | 'beside'> {
  return {
    kind: report.kind,
    validatedAt: report.validatedAt,
    signatures: report.signatures.map(({ signer, ...finding }) => ({
      ...finding,
      signer: signer && { name: signer.name.slice(0, 200), issuer: signer.issuer.slice(0, 200) },
      numberHash: signer?.personalNumber ? keys.identifierHash(tenant.id, signer.personalNumber).toString('hex') : null,
      who: 'unknown',
    })),
  }
}

const claimsSignature = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/ByteRange', 0, 'latin1')
