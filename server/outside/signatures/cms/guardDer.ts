/** The bytes are no ASN.1 that is read here, or are made to exhaust who reads them. */
export class DerFault extends Error {
  override readonly name = 'DerFault'
}

const DEEPEST = 64
const MOST_VALUES = 200_000

/**
 * The length of the first value in `bytes` (BER or DER, X.690), having walked through it without recursion: deeper than 64 or more
 * than 200,000 values are refused before a real parser, which recurses, sees them.
 * @throws DerFault
 */
export function guardDer(bytes: Uint8Array, most = MOST_VALUES): number {
  // Where each open value ends; null: by an end-of-contents mark.
  const open: (number | null)[] = []
  let at = 0
  let values = 0
  do {
    if (++values > most) throw new DerFault('More values than are read')
    const tag = bytes[at]
    if (tag === undefined) throw new DerFault('Breaks off')
    let next = at + 1
    if ((tag & 0x1f) === 0x1f) {
      while ((bytes[next]! & 0x80) !== 0) next++
      next++
    }
    const short = bytes[next++]
    if (short === undefined) throw new DerFault('Breaks off')
    let length: number | null = short
    if (short === 0x80) length = null
    else if (short > 0x80) {
      const count = short & 0x7f
      if (count > 4) throw new DerFault('A length that no file has')
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[next++] ?? 0)
    }
    if (length !== null && next + length > bytes.length) throw new DerFault('Breaks off')
    const isMark = tag === 0 && length === 0 && open.at(-1) === null
    if (isMark) {
      open.pop()
      at = next
    } else if ((tag & 0x20) !== 0) {
      if (open.length >= DEEPEST) throw new DerFault('Values lie too deep in each other')
      open.push(length === null ? null : next + length)
      at = next
    } else if (length === null) throw new DerFault('A plain value without a length')
    else at = next + length
    while (open.length > 0 && open.at(-1) !== null && at >= open.at(-1)!) {
      if (at > open.at(-1)!) throw new DerFault('A value is longer than what holds it')
      open.pop()
    }
  } while (open.length > 0)
  return at
}
