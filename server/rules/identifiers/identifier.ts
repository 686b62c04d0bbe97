/** The countries whose numbers are known here. */
export type Country = 'rs' | 'ba' | 'bg' | 'ro'

/** What is wrong with a number; the same words are the last part of the text keys a person reads. */
export type IdentifierFault = 'length' | 'digits' | 'date' | 'check-digit'

export type Sex = 'female' | 'male'

/** Which number it is: jmbg (RS, BA), egn and lnch (BG), cnp (RO). */
export type PersonalNumberKind = 'jmbg' | 'egn' | 'lnch' | 'cnp'

/** Which number it is: pib and mb (RS), jib (BA), eik (BG), cui (RO). */
export type CompanyNumberKind = 'pib' | 'mb' | 'jib' | 'eik' | 'cui'

export interface BadNumber {
  ok: false
  fault: IdentifierFault
}

export interface GoodPersonalNumber {
  ok: true
  kind: PersonalNumberKind
  /** 'yyyy-mm-dd'; absent where the number does not tell it. */
  birthDate?: string
  sex?: Sex
}

export interface GoodCompanyNumber {
  ok: true
  kind: CompanyNumberKind
}

export type PersonalNumberCheck = GoodPersonalNumber | BadNumber
export type CompanyNumberCheck = GoodCompanyNumber | BadNumber

/** A number that failed, with the reason. */
export function bad(fault: IdentifierFault): BadNumber {
  return { ok: false, fault }
}

/** The number without the spaces, dots and dashes people put between its parts. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s.\-\u2010-\u2015]/g, '')
}

/** The fault in a text that should be exactly `lengths` digits long, or undefined when it is. */
export function faultOfDigits(digits: string, ...lengths: number[]): IdentifierFault | undefined {
  if (!/^\d*$/.test(digits)) return 'digits'
  if (!lengths.includes(digits.length)) return 'length'
  return undefined
}

/** Sum of each digit times its weight; digits beyond the weights are left out. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)
}

/** 'yyyy-mm-dd' of a day that exists and is not after `today`, else undefined. */
export function pastDay(year: number, month: number, day: number, today: string): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const iso = date.toISOString().slice(0, 10)
  return iso <= today ? iso : undefined
}
