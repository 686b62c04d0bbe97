import { readCrossReferences, readObjectAt, type CrossReferences } from './crossReferences.ts'
import { PdfReader } from './readValue.ts'
import { unpack } from './unpack.ts'
import { isDict, numberOf, PdfFault, PdfRef, PdfStream, type PdfDict, type PdfValue } from './values.ts'

/** A PDF file whose objects are looked up as they are asked for. */
export class PdfFile {
  readonly #references: CrossReferences
  readonly #objects = new Map<number, PdfValue>()
  readonly #packed = new Map<number, PdfValue[]>()
  readonly #underWay = new Set<number>()

  /** @throws PdfFault when it is no PDF, or one that cannot be read */
  constructor(readonly bytes: Uint8Array) {
    const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
    if (!head.includes('%PDF-')) throw new PdfFault('Expected %PDF- at the beginning')
    this.#references = readCrossReferences(bytes)
  }

  get isEncrypted(): boolean {
    const encryption = this.#references.trailer.get('Encrypt')
    return encryption !== undefined && encryption !== null
  }

  get catalog(): PdfDict {
    const catalog = this.resolve(this.#references.trailer.get('Root'))
    if (!isDict(catalog)) throw new PdfFault('Expected a catalog')
    return catalog
  }

  /** The value itself where a reference to it was given; null for what does not exist. */
  resolve(value: PdfValue | undefined): PdfValue {
    for (let steps = 0; value instanceof PdfRef; steps++) {
      if (steps > 20) throw new PdfFault('References lead round in a circle')
      value = this.#object(value.number)
    }
    return value ?? null
  }

  /** The dictionary under a key, also where it is a reference. */
  dictAt(dict: PdfDict | undefined, key: string): PdfDict | undefined {
    const value = this.resolve(dict?.get(key))
    return isDict(value) ? value : undefined
  }

  /** The list under a key; empty where there is none. */
  listAt(dict: PdfDict | undefined, key: string): PdfValue[] {
    const value = this.resolve(dict?.get(key))
    return Array.isArray(value) ? value : []
  }

  #object(number: number): PdfValue {
    const known = this.#objects.get(number)
    if (known !== undefined) return known
    const place = this.#references.places.get(number)
    if (!place || place.kind === 'free' || this.#underWay.has(number)) return null
    this.#underWay.add(number)
    try {
      const value = place.kind === 'plain' ? this.#plain(number, place.at) : (this.#objectsIn(place.stream)[place.index] ?? null)
      this.#objects.set(number, value)
      return value
    } finally {
      this.#underWay.delete(number)
    }
  }

  #plain(number: number, at: number): PdfValue {
    const found = readObjectAt(this.bytes, at, (length) => numberOf(this.resolve(length)))
    if (found.number !== number) throw new PdfFault(`Expected object ${number} at ${at}`)
    return found.value
  }

  #objectsIn(stream: number): PdfValue[] {
    const known = this.#packed.get(stream)
    if (known) return known
    const holder = this.#object(stream)
    if (!(holder instanceof PdfStream)) throw new PdfFault('Expected an object stream')
    const [count, first] = [numberOf(holder.dict.get('N')) ?? 0, numberOf(holder.dict.get('First')) ?? 0]
    if (count > 20_000) throw new PdfFault('An object stream holds too much')
    const bytes = unpack(holder)
    const reader = new PdfReader(bytes)
    const offsets: number[] = []
    for (let i = 0; i < count; i++) {
      reader.word()
      offsets.push(Number(reader.word()))
    }
    const values = offsets.map((offset) => new PdfReader(bytes, first + offset).value())
    this.#packed.set(stream, values)
    return values
  }
}
