/** One @, something on both sides, a dot behind it. Whether mail arrives only mail can tell. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)
}
