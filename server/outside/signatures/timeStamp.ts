import { createHash } from 'node:crypto'
import { TSTInfo } from 'pkijs'
import { digestName, isStrongAt } from './cms/algorithms.ts'
import { checkSigner, signedWith } from './cms/checkSigner.ts'
import { DerFault } from './cms/guardDer.ts'
import { certificateOf, namesCertificate, readCms } from './cms/readCms.ts'
import { judgeChain, type ChainQuestion } from './trust/judgeChain.ts'

const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** What the surroundings give to every question about a certificate. */
export type Surroundings = Pick<ChainQuestion, 'trusted' | 'known' | 'material' | 'desk' | 'policy' | 'atMs'>

/**
 * The moment that a time-stamp token (RFC 3161) proves for what it stamps, ms; undefined when it proves nothing: it stamps
 * something else, its signature is broken, or its authority is not on the trust list (EN 319 102-1, 5.4).
 */
export async function provenTime(
  token: Uint8Array, stamped: readonly Uint8Array[], around: Surroundings, provenMs: number,
): Promise<number | undefined> {
  let read
  try {
    read = openToken(token)
  } catch (error) {
    if (error instanceof DerFault) return undefined
    throw error
  }
  const { cms, info } = read
  const signer = cms.signers[0]!
  const leaf = certificateOf(signer, cms.certificates)
  const digest = digestName(info.messageImprint.hashAlgorithm.algorithmId)
  if (!leaf || !digest || namesCertificate(signer, leaf) === 'no') return undefined
  const hash = createHash(digest)
  for (const part of stamped) hash.update(part)
  if (!hash.digest().equals(Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView))) return undefined
  if (checkSigner(signer, leaf, [cms.content!], TST_INFO) !== 'intact') return undefined
  const methods = signedWith(signer, leaf)
  const imprint = methods?.[0] && { ...methods[0], digest }
  if (!methods || !imprint || ![...methods, imprint].every((each) => isStrongAt(each, provenMs))) return undefined
  const { fault } = await judgeChain({
    ...around, leaf, known: [...around.known, ...cms.certificates],
    material: { crls: [...around.material.crls, ...cms.crls], ocsps: [...around.material.ocsps, ...cms.ocsps] },
    provenMs, use: 'time-stamping',
  })
  return fault ? undefined : info.genTime.getTime()
}

function openToken(token: Uint8Array) {
  const cms = readCms(token)
  if (cms.contentType !== TST_INFO || !cms.content || cms.signers.length !== 1) throw new DerFault('Expected a time-stamp token')
  try {
    return { cms, info: TSTInfo.fromBER(cms.content!.slice()) }
  } catch {
    throw new DerFault('Expected a time-stamp token')
  }
}
