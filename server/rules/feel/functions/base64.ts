/** Base64 of a text's UTF-8 bytes, in the browser as on the server. */
export function base64(value: string): string {
  const bytes = new TextEncoder().encode(value)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The text whose UTF-8 bytes are written in base64; null when they are no text, or not so written. */
export function fromBase64(value: string): string | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0)))
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
