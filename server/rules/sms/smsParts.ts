/** The default alphabet of GSM 03.38, one unit of seven bits each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
  'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension table: an escape goes before, so two units. */
const extended = new Set('\f^{}\\[~]|€')

export interface SmsParts {
  encoding: 'gsm-7' | 'ucs-2'
  /** Of seven bits each, or of sixteen. */
  units: number
  /** What is sent, and paid. */
  parts: number
}

/** Whether a character goes into a message of 160. */
export function isGsm7(character: string): boolean {
  return basic.has(character) || extended.has(character)
}

/**
 * How a text travels (3GPP TS 23.038, 23.040): 160 characters of the default alphabet or 70 of any other, and a part less each
 * (153, 67) when it takes more than one. One letter outside the alphabet (ш, č, ț) makes the whole message the dearer kind.
 */
export function smsParts(text: string): SmsParts {
  const characters = [...text]
  const isPlain = characters.every(isGsm7)
  const unitsOf = isPlain
    ? (character: string): number => (extended.has(character) ? 2 : 1)
    : (character: string): number => character.length
  const units = characters.reduce((sum, each) => sum + unitsOf(each), 0)
  const [alone, joined] = isPlain ? [160, 153] : [70, 67]
  return { encoding: isPlain ? 'gsm-7' : 'ucs-2', units, parts: units <= alone ? 1 : partsOf(characters.map(unitsOf), joined) }
}

/** An escape and its letter, or the halves of a pair, are never parted: the part before then stays one short. */
function partsOf(units: readonly number[], room: number): number {
  let parts = 1
  let left = room
  for (const each of units) {
    if (each > left) {
      parts++
      left = room
    }
    left -= each
  }
  return parts
}
