/** Checks of what comes from outside, shared by the commands. */
import { tryReadObject } from '../state/jsonObject.ts'
import { MOST_NAME_CHARACTERS } from '../behaviors/nameLimit.ts'
import type { Variables } from '../behaviors/variables.ts'
import { reject } from './command.ts'

/** About as much as the vendor's engine takes in one message. */
export const MOST_BYTES = 4 * 1024 * 1024

/** Variables as JSON text; empty text is none. */
export function readVariables(intent: string, json: string): Variables {
  const bytes = Buffer.byteLength(json)
  if (bytes > MOST_BYTES) reject(intent, 'invalid', `Expected variables of at most ${MOST_BYTES} bytes, but got ${bytes}`)
  return tryReadObject(json)
    ?? reject(intent, 'invalid', 'Expected the variables to be a valid JSON document where the root node is an object, but they are not')
}

/** Text that can be kept: without control characters, of a length a name may have. */
export function readName(intent: string, what: string, text: string): string {
  if (/[\u0000-\u001f]/.test(text)) reject(intent, 'invalid', `Expected ${what} to have no control characters, but it has some`)
  if (text.length <= MOST_NAME_CHARACTERS) return text
  reject(intent, 'invalid', `Expected ${what} to have at most ${MOST_NAME_CHARACTERS} characters, but it has ${text.length}`)
}

export function readPresent(intent: string, what: string, text: string): string {
  if (text.trim() === '') reject(intent, 'invalid', `Expected ${what} to be present, but it was blank`)
  return readName(intent, what, text)
}
