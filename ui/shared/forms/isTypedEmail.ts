/** What a form takes for an address as it is typed: blanks around it do not count, and its ending has two letters at least. */
export function isTypedEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text.trim())
}
