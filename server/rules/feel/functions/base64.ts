/** Base64 of a text's UTF-8 bytes, in the browser as on the server. */
export function base64(value: string): string {
  const bytes = new TextEncoder().encode(value)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
