import { crockford, isSame, normalizeCode, type Keys } from '../../identity/keys.ts'
import { accessCodeOf } from '../accessCode.ts'
import type { Case } from '../case.ts'

/**
 * The short code of the slip: 8 Crockford characters (40 bits). Computed, so that the slip can be printed again although the code is
 * kept nowhere. Without the link of the mail it opens nothing, and a link takes eight wrong codes.
 */
export function activationCodeOf(keys: Keys, tenantId: string, caseId: string): string {
  return crockford(Buffer.from(keys.sign(`activation code\0${tenantId}\0${caseId}`), 'base64url').subarray(0, 8))
}

/** The secret of the n-th link of a registration, 256 bits. Computed: only its hash is kept. */
export function activationTokenOf(keys: Keys, tenantId: string, caseId: string, letter: number): string {
  return keys.sign(`activation link\0${tenantId}\0${caseId}\0${letter}`)
}

/** Two groups of four, as the slip shows it. */
export function inFours(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Which code is asked for: of the slip, or, of whoever registered on the portal, of the receipt that was shown on their screen. */
export function codeAsked({ channel }: Pick<Case, 'channel'>): 'slip' | 'receipt' {
  return channel === 'portal' ? 'receipt' : 'slip'
}

/**
 * Whether it is a code of this registration. The slip's is right also where the receipt's is asked: whoever has lost the receipt shows a
 * document at the counter, and the clerk prints a slip.
 */
export function isRightCode(keys: Keys, tenantId: string, case_: Pick<Case, 'id' | 'channel' | 'clientKey'>, typed: string): boolean {
  const given = keys.codeHash(tenantId, normalizeCode(typed))
  const right = [activationCodeOf(keys, tenantId, case_.id)]
  if (codeAsked(case_) === 'receipt') right.push(accessCodeOf(keys, tenantId, case_.clientKey))
  return right.map((code) => isSame(given, keys.codeHash(tenantId, code))).includes(true)
}
