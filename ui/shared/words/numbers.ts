import type { Language } from '../../../server/http/contract/words.ts'

/** 1,8 MB · 640 KB */
export function sizeInWords(bytes: number, language: Language): string {
  const decimal = language === 'en' ? '.' : ','
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))}\u00a0KB`
  return `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '').replace('.', decimal)}\u00a0MB`
}

/** An access code in two groups of five, so that it can be read out. */
export function codeInGroups(code: string): string {
  return code.replace(/\s/g, '').replace(/(.{5})(?=.)/g, '$1 ')
}
