import { model97 } from './model97.ts'

/** An account by ISO 13616 without blanks; undefined when its check digits are wrong or it is none. */
export function readIban(text: string): string | undefined {
  const plain = text.replace(/\s/g, '').toUpperCase()
  const [, country, check, rest] = /^([A-Z]{2})(\d\d)([0-9A-Z]{11,30})$/.exec(plain) ?? []
  if (!country || !rest) return undefined
  return model97(`${rest}${country}`) === check ? plain : undefined
}
