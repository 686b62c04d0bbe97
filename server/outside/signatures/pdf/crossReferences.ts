import { PdfReader } from './readValue.ts'
import { unpack } from './unpack.ts'
import { isDict, nameOf, numberOf, PdfFault, PdfRef, PdfStream, type PdfDict, type PdfValue } from './values.ts'

/** Where an object lies: at a place in the file, or within an object stream. */
export type Place = { kind: 'plain'; at: number } | { kind: 'packed'; stream: number; index: number } | { kind: 'free' }

export interface CrossReferences {
  places: Map<number, Place>
  /** The newest trailer that names the catalog. */
  trailer: PdfDict
}

const MOST_OBJECTS = 200_000
const MOST_REVISIONS = 200
const TAIL = 2048

/** Follows the tables from the last one back (ISO 32000-2, 7.5.4 to 7.5.8); when they lead nowhere, looks for objects by eye. */
export function readCrossReferences(bytes: Uint8Array): CrossReferences {
  try {
    return followTables(bytes)
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    return searchObjects(bytes)
  }
}

function followTables(bytes: Uint8Array): CrossReferences {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const last = text.lastIndexOf('startxref', undefined, 'latin1')
  // Readers look for it at the end only; one further up belongs to an earlier revision, and believing it would hide the later ones.
  if (last < 0 || last < bytes.length - TAIL) throw new PdfFault('Expected startxref')
  const start = numberOf(new PdfReader(bytes, last + 9).value())
  const places = new Map<number, Place>()
  const visited = new Set<number>()
  let trailer: PdfDict | undefined
  const waiting = [start]
  while (waiting.length > 0) {
    const at = waiting.shift()
    if (at === undefined || at < 0 || at >= bytes.length) throw new PdfFault('A table of objects lies outside the file')
    if (visited.has(at)) continue
    visited.add(at)
    if (visited.size > MOST_REVISIONS) throw new PdfFault('The file has too many revisions')
    const section = readSection(bytes, at, places)
    trailer ??= section
    const hybrid = numberOf(section.get('XRefStm'))
    if (hybrid !== undefined) waiting.push(hybrid)
    const before = numberOf(section.get('Prev'))
    if (before !== undefined) waiting.push(before)
  }
  if (!(trailer?.get('Root') instanceof PdfRef)) throw new PdfFault('Expected a trailer that names the catalog')
  return { places, trailer }
}

/** Adds the places of one section that no newer one has given; answers its trailer. */
function readSection(bytes: Uint8Array, at: number, places: Map<number, Place>): PdfDict {
  const reader = new PdfReader(bytes, at)
  return reader.takes('xref') ? readTable(reader, places) : readStreamSection(bytes, at, places)
}

function readTable(reader: PdfReader, places: Map<number, Place>): PdfDict {
  while (!reader.takes('trailer')) {
    const first = numberOf(reader.value())
    const count = numberOf(reader.value())
    if (first === undefined || count === undefined || count < 0 || count > MOST_OBJECTS) throw new PdfFault('A table of objects is broken')
    for (let index = 0; index < count; index++) {
      const at = Number(reader.word())
      reader.word()
      const kind = reader.word()
      if (!Number.isInteger(at) || (kind !== 'n' && kind !== 'f')) throw new PdfFault('A table of objects is broken')
      keep(places, first + index, kind === 'n' ? { kind: 'plain', at } : { kind: 'free' })
    }
  }
  const trailer = reader.value()
  if (!isDict(trailer)) throw new PdfFault('Expected a trailer')
  return trailer
}

function readStreamSection(bytes: Uint8Array, at: number, places: Map<number, Place>): PdfDict {
  const stream = readObjectAt(bytes, at).value
  if (!(stream instanceof PdfStream) || nameOf(stream.dict.get('Type')) !== 'XRef') throw new PdfFault('Expected a table of objects')
  const widths = stream.dict.get('W')
  if (!Array.isArray(widths) || widths.length < 3) throw new PdfFault('A table of objects is broken')
  const [a, b, c] = widths.map((width) => numberOf(width) ?? 0) as [number, number, number]
  if ([a, b, c].some((width) => width < 0 || width > 8) || a + b + c === 0) throw new PdfFault('A table of objects is broken')
  const rows = unpack(stream)
  const ranges = stream.dict.get('Index')
  const index = Array.isArray(ranges) ? ranges.map((each) => numberOf(each) ?? 0) : [0, numberOf(stream.dict.get('Size')) ?? 0]
  let row = 0
  const field = (from: number, width: number): number => {
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + (rows[from + i] ?? 0)
    return value
  }
  for (let i = 0; i + 1 < index.length; i += 2) {
    for (let number = index[i]!; number < index[i]! + index[i + 1]!; number++) {
      if (row + a + b + c > rows.length) return stream.dict
      const kind = a === 0 ? 1 : field(row, a)
      const [second, third] = [field(row + a, b), field(row + a + b, c)]
      row += a + b + c
      if (kind === 0) keep(places, number, { kind: 'free' })
      else if (kind === 1) keep(places, number, { kind: 'plain', at: second })
      else if (kind === 2) keep(places, number, { kind: 'packed', stream: second, index: third })
    }
  }
  return stream.dict
}

function keep(places: Map<number, Place>, number: number, place: Place): void {
  if (places.has(number)) return
  if (places.size >= MOST_OBJECTS) throw new PdfFault('The file has too many objects')
  places.set(number, place)
}

/** Reads `n g obj … endobj` at a place. The length of a stream that is told elsewhere is found by its end. */
export function readObjectAt(
  bytes: Uint8Array, at: number, length?: (value: PdfValue | undefined) => number | undefined,
): { number: number; value: PdfValue } {
  const reader = new PdfReader(bytes, at)
  const number = Number(reader.word())
  reader.word()
  if (!Number.isInteger(number) || !reader.takes('obj')) throw new PdfFault(`Expected an object at ${at}`)
  const value = reader.value()
  if (!isDict(value) || !reader.takes('stream')) return { number, value }
  if (bytes[reader.at] === 0x0d) reader.at++
  if (bytes[reader.at] === 0x0a) reader.at++
  const told = numberOf(value.get('Length')) ?? length?.(value.get('Length'))
  const from = reader.at
  const end = told !== undefined && told >= 0 && endsAt(bytes, from + told) ? from + told : searchEnd(bytes, from)
  return { number, value: new PdfStream(value, bytes.subarray(from, end)) }
}

function endsAt(bytes: Uint8Array, at: number): boolean {
  return at <= bytes.length && new PdfReader(bytes, at).takes('endstream')
}

function searchEnd(bytes: Uint8Array, from: number): number {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('endstream', from, 'latin1')
  if (end < 0) throw new PdfFault('A stream does not end')
  return end
}

/** Every `n g obj` in the file, the last of a number counting; what is in object streams is added. */
function searchObjects(bytes: Uint8Array): CrossReferences {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const places = new Map<number, Place>()
  let trailer: PdfDict | undefined
  for (const found of text.matchAll(/(?<![0-9])(\d{1,7})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b/g)) {
    if (places.size >= MOST_OBJECTS) throw new PdfFault('The file has too many objects')
    places.set(Number(found[1]), { kind: 'plain', at: found.index })
  }
  for (const found of text.matchAll(/\btrailer\b/g)) {
    trailer = rootIn(() => new PdfReader(bytes, found.index + 7).value()) ?? trailer
  }
  for (const place of [...places.values()]) {
    if (place.kind !== 'plain') continue
    trailer = rootIn(() => {
      const { value } = readObjectAt(bytes, place.at)
      if (!(value instanceof PdfStream)) return null
      return nameOf(value.dict.get('Type')) === 'XRef' ? value.dict : null
    }) ?? trailer
  }
  if (!trailer) throw new PdfFault('Expected a trailer that names the catalog')
  return { places, trailer }
}

function rootIn(read: () => PdfValue): PdfDict | undefined {
  try {
    const value = read()
    return isDict(value) && value.get('Root') instanceof PdfRef ? value : undefined
  } catch (error) {
    if (error instanceof PdfFault) return undefined
    throw error
  }
}
