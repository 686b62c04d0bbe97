import { checkCnp } from './cnp.ts'
import { checkCui } from './cui.ts'
import { checkEgn } from './egn.ts'
import { checkEik } from './eik.ts'
import { bad, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck, Country, PersonalNumberCheck } from './identifier.ts'
import { checkJib } from './jib.ts'
import { checkJmbg } from './jmbg.ts'
import { checkLnch } from './lnch.ts'
import { checkMb } from './mb.ts'
import { checkPib } from './pib.ts'

export type {
  BadNumber,
  CompanyNumberCheck,
  CompanyNumberKind,
  Country,
  GoodCompanyNumber,
  GoodPersonalNumber,
  IdentifierFault,
  PersonalNumberCheck,
  PersonalNumberKind,
  Sex,
} from './identifier.ts'
export { madeUpNumber } from './madeUp.ts'
export { maskNumber } from './maskNumber.ts'

type Check<Result> = (text: string, today: string) => Result

/** Which numbers a person of each country may hold. The fault shown is that of the first. */
const personalNumbers: Readonly<Record<Country, readonly Check<PersonalNumberCheck>[]>> = {
  rs: [checkJmbg],
  ba: [checkJmbg],
  bg: [checkEgn, checkLnch],
  ro: [checkCnp],
}

const companyNumbers: Readonly<Record<Country, Check<CompanyNumberCheck>>> = {
  rs: (text) => (withoutSeparators(text).length === 8 ? checkMb(text) : checkPib(text)),
  ba: checkJib,
  bg: checkEik,
  ro: checkCui,
}

/**
 * Checks a person's number by the rules of `country`: JMBG, ЕГН or ЛНЧ, CNP. Spaces and dashes inside are allowed.
 * A birthday after `today` ('yyyy-mm-dd') is a fault of the date. A wrong check digit blocks only filing online; at the
 * counter it warns, since old registers hold wrong numbers (who asks decides, see `form/`).
 */
export function checkPersonalNumber(country: string, text: string, today = new Date().toISOString().slice(0, 10)): PersonalNumberCheck {
  return firstGood(isCountry(country) ? personalNumbers[country].map((check) => check(text, today)) : [])
}

/** Checks a company's number by the rules of `country`: PIB or register number, JIB, ЕИК, CUI. */
export function checkCompanyNumber(country: string, text: string): CompanyNumberCheck {
  return isCountry(country) ? companyNumbers[country](text, '') : bad('digits')
}

function isCountry(country: string): country is Country {
  return Object.hasOwn(personalNumbers, country)
}

function firstGood(checks: readonly PersonalNumberCheck[]): PersonalNumberCheck {
  return checks.find((check) => check.ok) ?? checks[0] ?? bad('digits')
}
