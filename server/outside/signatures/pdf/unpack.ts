import { inflateSync } from 'node:zlib'
import { isDict, nameOf, numberOf, PdfFault, type PdfStream, type PdfValue } from './values.ts'

// A hundred times what honest cross-reference and object streams hold; a compressed bomb is stopped while it unfolds.
const MOST_BYTES = 16 * 1024 * 1024

/** The bytes of a cross-reference or object stream: plain or Flate, with or without a PNG predictor (ISO 32000-2, 7.4.4). */
export function unpack(stream: PdfStream): Uint8Array {
  const filters = [stream.dict.get('Filter') ?? []].flat().map((filter) => nameOf(filter))
  if (filters.length === 0) return stream.raw
  if (filters.length > 1 || filters[0] !== 'FlateDecode') throw new PdfFault(`Streams packed with ${filters.join(', ')} are not read`)
  let bytes: Buffer
  try {
    bytes = inflateSync(stream.raw, { maxOutputLength: MOST_BYTES, finishFlush: 2 })
  } catch {
    throw new PdfFault('A packed stream is broken, or larger than what is read')
  }
  const parameters = [stream.dict.get('DecodeParms') ?? null].flat()[0]
  return predictorOf(parameters) < 10 ? bytes : undoPng(bytes, numberOf(isDict(parameters) ? parameters.get('Columns') : 1) ?? 1)
}

const predictorOf = (parameters: PdfValue | undefined): number => (isDict(parameters) ? (numberOf(parameters.get('Predictor')) ?? 1) : 1)

function undoPng(bytes: Uint8Array, columns: number): Uint8Array {
  if (!Number.isInteger(columns) || columns < 1 || columns > 10_000) throw new PdfFault('A packed stream has rows of no sensible length')
  const rows = Math.floor(bytes.length / (columns + 1))
  const out = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)]!
    for (let column = 0; column < columns; column++) {
      const given = bytes[row * (columns + 1) + 1 + column]!
      const left = column > 0 ? out[row * columns + column - 1]! : 0
      const up = row > 0 ? out[(row - 1) * columns + column]! : 0
      const corner = row > 0 && column > 0 ? out[(row - 1) * columns + column - 1]! : 0
      out[row * columns + column] = (given + guess(kind, left, up, corner)) & 0xff
    }
  }
  return out
}

function guess(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1: return left
    case 2: return up
    case 3: return (left + up) >> 1
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)] as const
      return a <= b && a <= c ? left : b <= c ? up : corner
    }
    default: return 0
  }
}

/** The same for what a file merely offers: undefined where it cannot be unpacked. */
export function unpackAny(stream: PdfStream): Uint8Array | undefined {
  try {
    return unpack(stream)
  } catch (error) {
    if (error instanceof PdfFault) return undefined
    throw error
  }
}
