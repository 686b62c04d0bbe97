import { PdfFault, PdfName, PdfRef, PdfString, type PdfDict, type PdfValue } from './values.ts'

// Deeper than any honest file; a bomb of brackets ends here and not in a full stack.
const DEEPEST = 60

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00
const isDelimiter = (byte: number): boolean =>
  byte === 0x28 || byte === 0x29 || byte === 0x3c || byte === 0x3e || byte === 0x5b || byte === 0x5d || byte === 0x7b || byte === 0x7d ||
  byte === 0x2f || byte === 0x25

/** A place in a file, moving on as values are read. */
export class PdfReader {
  constructor(readonly bytes: Uint8Array, public at = 0) {}

  /** Past white space and remarks. */
  skip(): void {
    const { bytes } = this
    for (;;) {
      while (isSpace(bytes[this.at])) this.at++
      if (bytes[this.at] !== 0x25) return
      while (this.at < bytes.length && bytes[this.at] !== 0x0a && bytes[this.at] !== 0x0d) this.at++
    }
  }

  /** The next run of ordinary characters; empty before a delimiter. */
  word(): string {
    this.skip()
    const from = this.at
    while (this.at < this.bytes.length && !isSpace(this.bytes[this.at]) && !isDelimiter(this.bytes[this.at]!)) this.at++
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, this.at - from).toString('latin1')
  }

  /** Takes `word` when it is what comes next. */
  takes(word: string): boolean {
    const before = this.at
    if (this.word() === word) return true
    this.at = before
    return false
  }

  /** Reads one value. @throws PdfFault where there is none */
  value(depth = 0): PdfValue {
    if (depth > DEEPEST) throw new PdfFault('Values lie too deep in each other')
    this.skip()
    const { bytes, at } = this
    const byte = bytes[at]
    if (byte === undefined) throw new PdfFault('The file breaks off where a value was expected')
    if (byte === 0x2f) return this.#name()
    if (byte === 0x28) return this.#text()
    if (byte === 0x3c) return bytes[at + 1] === 0x3c ? this.#dict(depth) : this.#hex()
    if (byte === 0x5b) return this.#list(depth)
    return this.#wordValue()
  }

  #wordValue(): PdfValue {
    const word = this.word()
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw new PdfFault(`Expected a value at ${this.at}`)
    if (/^\d{1,10}$/.test(word)) {
      const after = this.at
      const generation = this.word()
      if (/^\d{1,5}$/.test(generation) && this.takes('R')) return new PdfRef(Number(word), Number(generation))
      this.at = after
    }
    return Number(word)
  }

  #name(): PdfName {
    this.at++
    const from = this.at
    while (this.at < this.bytes.length && !isSpace(this.bytes[this.at]) && !isDelimiter(this.bytes[this.at]!)) this.at++
    const raw = Buffer.from(this.bytes.subarray(from, this.at)).toString('latin1')
    return new PdfName(raw.replace(/#([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))))
  }

  #hex(): PdfString {
    const from = this.at
    const end = this.bytes.indexOf(0x3e, from)
    if (end < 0) throw new PdfFault('A string in hexadecimal digits does not end')
    const digits = Buffer.from(this.bytes.subarray(from + 1, end)).toString('latin1').replace(/[\s\0]/g, '')
    if (/[^0-9a-f]/i.test(digits)) throw new PdfFault('A string in hexadecimal digits has others')
    this.at = end + 1
    return new PdfString(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'), from, this.at)
  }

  #text(): PdfString {
    const { bytes } = this
    const from = this.at
    const out: number[] = []
    let open = 1
    for (this.at++; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!
      if (byte === 0x5c) this.#escaped(out)
      else if (byte === 0x29 && --open === 0) break
      else {
        if (byte === 0x28) open++
        out.push(byte)
      }
    }
    if (this.at >= bytes.length) throw new PdfFault('A string does not end')
    this.at++
    return new PdfString(Uint8Array.from(out), from, this.at)
  }

  #escaped(out: number[]): void {
    const byte = this.bytes[++this.at]
    const plain: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c }
    if (byte === undefined) return
    if (byte >= 0x30 && byte <= 0x37) {
      let code = 0
      let digits = 0
      while (digits < 3 && this.bytes[this.at]! >= 0x30 && this.bytes[this.at]! <= 0x37) {
        code = code * 8 + this.bytes[this.at++]! - 0x30
        digits++
      }
      this.at--
      out.push(code & 0xff)
    } else if (byte === 0x0d) {
      if (this.bytes[this.at + 1] === 0x0a) this.at++
    } else if (byte !== 0x0a) out.push(plain[byte] ?? byte)
  }

  #list(depth: number): PdfValue[] {
    this.at++
    const list: PdfValue[] = []
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x5d) break
      list.push(this.value(depth + 1))
    }
    this.at++
    return list
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const dict: PdfDict = new Map()
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) break
      if (this.bytes[this.at] !== 0x2f) throw new PdfFault(`Expected a key at ${this.at}`)
      const key = this.#name().name
      dict.set(key, this.value(depth + 1))
    }
    this.at += 2
    return dict
  }
}
