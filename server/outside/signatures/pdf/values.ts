/** What a PDF file is made of (ISO 32000-2, 7.3), as far as a validator of signatures has to see it. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfStream | PdfDict | PdfValue[]

export type PdfDict = Map<string, PdfValue>

export class PdfName {
  constructor(readonly name: string) {}
}

export class PdfString {
  /** `from` and `to` are the places of its brackets in the file: a byte range must leave out exactly those of a signature. */
  constructor(readonly bytes: Uint8Array, readonly from: number, readonly to: number) {}

  get text(): string {
    return Buffer.from(this.bytes).toString('latin1')
  }
}

export class PdfRef {
  constructor(readonly number: number, readonly generation: number) {}
}

export class PdfStream {
  /** The bytes as they stand in the file, still packed. */
  constructor(readonly dict: PdfDict, readonly raw: Uint8Array) {}
}

/** The file cannot be read as a PDF, or is made to exhaust who reads it. */
export class PdfFault extends Error {
  override readonly name = 'PdfFault'
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map

export const nameOf = (value: PdfValue | undefined): string | undefined => (value instanceof PdfName ? value.name : undefined)

export const numberOf = (value: PdfValue | undefined): number | undefined => (typeof value === 'number' ? value : undefined)
