import { model97 } from './model97.ts'

/**
 * A Serbian account as 18 digits: bank, middle part filled with zeros to 13, check digits. Undefined when it is none.
 * Accepts "840-955845-10" and the 18 digits alone.
 */
export function fullAccount(text: string): string | undefined {
  const parts = /^(\d{3})-(\d{1,13})-(\d{2})$/.exec(text.replace(/\s/g, '')) ?? /^(\d{3})(\d{13})(\d{2})$/.exec(text.replace(/\s/g, ''))
  if (!parts) return undefined
  const [, bank, middle, check] = parts as unknown as [string, string, string, string]
  const full = bank + middle.padStart(13, '0')
  return model97(full) === check ? full + check : undefined
}
