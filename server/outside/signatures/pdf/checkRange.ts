import type { PdfSignature } from './signatureFields.ts'

/**
 * Whether the byte range is what ISO 32000-2 (12.8.1) and EN 319 142-1 ask for: from the first byte of the file to the end of a
 * revision, leaving out nothing but the string with the signature.
 */
export function isRangeWhole(bytes: Uint8Array, { byteRange, contents }: PdfSignature): boolean {
  if (byteRange.length !== 4 || byteRange.some((each) => !Number.isSafeInteger(each) || each < 0)) return false
  const [start, first, second, length] = byteRange as [number, number, number, number]
  if (start !== 0 || first === 0 || length === 0 || second + length > bytes.length) return false
  if (contents.from !== first || contents.to !== second || bytes[first] !== 0x3c) return false
  return /%%EOF[ \t]*(\r\n|\r|\n)?$/.test(Buffer.from(bytes.subarray(second + length - 12, second + length)).toString('latin1'))
}

/** The two signed parts of a whole range. */
export function signedParts(bytes: Uint8Array, byteRange: readonly number[]): [Uint8Array, Uint8Array] {
  const [, first = 0, second = 0, length = 0] = byteRange.map((each) => (Number.isSafeInteger(each) && each > 0 ? each : 0))
  return [bytes.subarray(0, first), bytes.subarray(second, second + length)]
}

/** The file as it was when it was signed. */
export function signedRevision(bytes: Uint8Array, { byteRange }: PdfSignature): Uint8Array {
  return bytes.subarray(0, byteRange[2]! + byteRange[3]!)
}
