import { fileTypeFromBuffer } from 'file-type'
import { refuse } from '../base/errors.ts'
import { uploadLimits } from './document.ts'

/** A file as a person hands it in. */
export interface FileGiven {
  /** The form field or `documents.<id>` it answers. */
  field: string
  fileName: string
  /** As the browser says; believed only when the bytes agree. */
  declaredType: string
  bytes: Uint8Array
}

/** The type that the bytes are of; refuses file-too-large, and with file-type-not-accepted what is no kind of paper or says to be another. */
export async function acceptedType({ fileName, declaredType, bytes }: FileGiven): Promise<string> {
  if (bytes.length > uploadLimits.maxBytes) refuse('invalid', 'file-too-large', { maxBytes: uploadLimits.maxBytes })
  const real = (await fileTypeFromBuffer(bytes))?.mime ?? signatureType(bytes, fileName)
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const accepted = uploadLimits.mediaTypes[real]?.includes(ending)
  // Browsers leave the type out or say octet-stream when they do not know; only a contradiction counts.
  const contradicted = declaredType in uploadLimits.mediaTypes && declaredType !== real
  if (!accepted || contradicted) {
    refuse('invalid', 'file-type-not-accepted', { accepted: Object.keys(uploadLimits.mediaTypes), found: real || 'unknown' })
  }
  return real
}

// The same bytes lie beside a file or around it: whoever made them says which by the ending.
function signatureType(bytes: Uint8Array, fileName: string): string {
  // A SEQUENCE that names signedData, 1.2.840.113549.1.7.2, within its first bytes (RFC 5652, 3 and 5.1).
  const isSignature = bytes[0] === 0x30 && Buffer.from(bytes.subarray(0, 24)).includes(Buffer.from('06092a864886f70d010702', 'hex'))
  if (!isSignature) return ''
  return /\.p7m$/i.test(fileName) ? 'application/pkcs7-mime' : 'application/pkcs7-signature'
}

/** The name without folders and control characters, 200 characters at most with its ending kept. */
export function plainName(fileName: string): string {
  const name = (fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim()
  const ending = /\.[a-z0-9]+$/i.exec(name)?.[0] ?? ''
  return name.length <= 200 ? name : name.slice(0, 200 - ending.length) + ending
}
