/**
 * Names and keys are found by an index, and PostgreSQL takes 2,700 bytes in an entry of one: two such names of three bytes a
 * character. A longer one would make the whole commit fail, and with it everything else that was decided at the time.
 */
export const MOST_NAME_CHARACTERS = 400

/** Whether the text can be a name or a key of anything kept: the store parts its rows by control characters. */
export function canBeName(text: string): boolean {
  return text.length <= MOST_NAME_CHARACTERS && !/[\u0000-\u001f]/.test(text)
}
