/**
 * Names and keys are found by an index, and PostgreSQL takes 2,700 bytes in an entry of one: two such names of three bytes a
 * character. A longer one would make the whole commit fail, and with it everything else that was decided at the time.
 */
export const MOST_NAME_CHARACTERS = 400
