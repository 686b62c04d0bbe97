import type { PdfFile } from './pdfFile.ts'
import { isDict, nameOf, numberOf, PdfString, type PdfDict, type PdfValue } from './values.ts'

/** A signature (or document time stamp) as the file's form names it (ISO 32000-2, 12.8.1). */
export interface PdfSignature {
  field: string
  subFilter: string
  /** Four numbers when it is well formed; whatever stands there otherwise. */
  byteRange: readonly number[]
  contents: PdfString
  /** The time the signer claims, ms. */
  claimedAt: number | null
  /** What a certification allows afterwards: 1 nothing, 2 forms and signatures, 3 notes too; null: no certification. */
  permission: 1 | 2 | 3 | null
  /** Which fields the signature closes. */
  locks: readonly FieldLock[]
}

export interface FieldLock {
  action: string
  fields: readonly string[]
}

export interface FoundSignatures {
  /** In the order in which they were made. */
  signatures: PdfSignature[]
  /** Signed fields without a byte range or bytes that could be a signature. */
  unreadable: number
}

const MOST_FIELDS = 5000

/** The fields of the form, each with its full name and what it inherits. */
export function* fieldsOf(file: PdfFile): Generator<{ name: string; dict: PdfDict; type: string | undefined }> {
  const seen = new Set<PdfDict>()
  const waiting: { value: PdfValue; parent: string; type: string | undefined }[] =
    file.listAt(file.dictAt(file.catalog, 'AcroForm'), 'Fields').map((value) => ({ value, parent: '', type: undefined }))
  while (waiting.length > 0 && seen.size < MOST_FIELDS) {
    const { value, parent, type: inherited } = waiting.shift()!
    const dict = file.resolve(value)
    if (!isDict(dict) || seen.has(dict)) continue
    seen.add(dict)
    const own = file.resolve(dict.get('T'))
    const name = own instanceof PdfString ? (parent ? `${parent}.${own.text}` : own.text) : parent
    const type = nameOf(file.resolve(dict.get('FT'))) ?? inherited
    yield { name, dict, type }
    for (const kid of file.listAt(dict, 'Kids')) waiting.push({ value: kid, parent: name, type })
  }
}

/** All signatures that the form of the file names. */
export function signaturesOf(file: PdfFile): FoundSignatures {
  const found: FoundSignatures = { signatures: [], unreadable: 0 }
  const places = new Set<number>()
  for (const { name, dict, type } of fieldsOf(file)) {
    const value = type === 'Sig' ? file.dictAt(dict, 'V') : undefined
    if (!value) continue
    const contents = file.resolve(value.get('Contents'))
    const range = file.listAt(value, 'ByteRange').map((each) => numberOf(file.resolve(each)) ?? Number.NaN)
    if (!(contents instanceof PdfString) || contents.bytes.length === 0 || range.length === 0) {
      found.unreadable++
      continue
    }
    if (places.has(contents.from)) continue
    places.add(contents.from)
    const reference = file.listAt(value, 'Reference').map((each) => file.resolve(each)).filter(isDict)
    found.signatures.push({
      field: name,
      subFilter: nameOf(file.resolve(value.get('SubFilter'))) ?? '',
      byteRange: range,
      contents,
      claimedAt: readDate(file.resolve(value.get('M'))),
      permission: permissionIn(file, reference),
      locks: locksIn(file, reference, file.dictAt(dict, 'Lock')),
    })
  }
  found.signatures.sort((one, other) => (one.byteRange[2] ?? 0) - (other.byteRange[2] ?? 0))
  return found
}

function permissionIn(file: PdfFile, references: readonly PdfDict[]): PdfSignature['permission'] {
  const certifies = references.find((each) => nameOf(each.get('TransformMethod')) === 'DocMDP')
  if (!certifies) return null
  const told = numberOf(file.resolve(file.dictAt(certifies, 'TransformParams')?.get('P')))
  return told === 1 || told === 3 ? told : 2
}

function locksIn(file: PdfFile, references: readonly PdfDict[], lock: PdfDict | undefined): FieldLock[] {
  const given = references.filter((each) => nameOf(each.get('TransformMethod')) === 'FieldMDP')
    .map((each) => file.dictAt(each, 'TransformParams'))
  return [...given, lock].filter((each) => each !== undefined).map((each) => ({
    action: nameOf(file.resolve(each.get('Action'))) ?? '',
    fields: file.listAt(each, 'Fields').map((name) => file.resolve(name))
      .filter((name) => name instanceof PdfString).map(({ text }) => text),
  }))
}

/** A date as PDF writes it (ISO 32000-2, 7.9.4): `D:YYYYMMDDHHmmSSOHH'mm'`. */
function readDate(value: PdfValue): number | null {
  if (!(value instanceof PdfString)) return null
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?/.exec(value.text)
  if (!parts) return null
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((at) => Number(parts[at] ?? (at === 2 || at === 3 ? 1 : 0))) as [
    number, number, number, number, number, number,
  ]
  const offset = parts[7] ? (parts[7] === '-' ? -1 : 1) * (Number(parts[8]) * 60 + Number(parts[9] ?? 0)) : 0
  return Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000
}
