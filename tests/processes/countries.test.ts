import { describe, expect, test } from 'vitest'
import { staffRoles } from '../../server/identity/actor.ts'
import { checkPersonalNumber } from '../../server/rules/identifiers/index.ts'
import { ruleOn } from '../../server/zeebe/municipality.ts'
import { textAt } from '../../server/zeebe/packages.ts'
import { countries, municipalities, packages, townsOffering } from './shipped.ts'

const today = '2026-11-24'

describe.each(Object.entries(countries))('the dated law of %s', (id, country) => {
  const offered = packages.filter((pack) => pack.procedure.countries.some((each) => each === id)).map((pack) => pack.procedure)

  test('has a term for each procedure offered there', () => {
    for (const procedure of offered) expect(ruleOn(country.deadlines[procedure.deadline], today)?.legalBasis, procedure.id).toBeTruthy()
  })

  test('has a fee for each procedure that has one, in whole minor units of one currency, each amount with a name people read', () => {
    for (const { procedure, texts } of packages.filter((pack) => offered.includes(pack.procedure))) {
      if (!procedure.fee) continue
      const rule = ruleOn(country.fees[procedure.fee], today)

      expect(rule?.currency).toMatch(/^[A-Z]{3}$/)
      for (const [name, amount] of Object.entries(rule?.amounts ?? {})) {
        expect(Number.isInteger(amount) && amount >= 0).toBe(true)
        expect(textAt(texts.sr, `fees.${name}`), name).toBeTruthy()
      }
    }
  })

  test('has a register class for each procedure offered there', () => {
    for (const procedure of offered) expect(procedure.class[country.id as keyof typeof procedure.class], procedure.id).toBeTruthy()
  })

  test('never has two values at once', () => {
    for (const rules of [...Object.values(country.fees), ...Object.values(country.deadlines)]) {
      const inOrder = [...rules].sort((a, b) => a.validFrom.localeCompare(b.validFrom))
      for (const [at, rule] of inOrder.slice(0, -1).entries()) expect((rule.validTo ?? '9999') < inOrder[at + 1]!.validFrom).toBe(true)
    }
  })
})

test('Bulgarian fees are in leva before 2026 and in euro since', () => {
  expect(ruleOn(countries.bg?.fees['register-extract'], '2025-12-31')).toMatchObject({ currency: 'BGN', amounts: { normal: 500 } })
  expect(ruleOn(countries.bg?.fees['register-extract'], '2026-01-01')).toMatchObject({ currency: 'EUR', amounts: { normal: 256 } })
})

test('a county council keeps no civil registers', () => {
  const extract = packages.find((pack) => pack.procedure.id === 'register-extract')

  expect(extract?.procedure.authorities).not.toContain('county-council')
  expect(extract?.procedure.countries).not.toContain('ro')
})

describe.each(municipalities.map((town) => [town.id, town] as const))('%s', (_id, town) => {
  test('speaks its official and its first language', () => {
    expect(town.languages).toEqual(expect.arrayContaining([town.officialLanguage, town.firstLanguage]))
  })

  test('numbers its cases with every gap its template needs', () => {
    const { template, scope, actTemplate } = town.numbering

    expect(template).toContain('{seq}')
    expect(template).toMatch(/\{yyyy\}|\{dd\.MM\.yyyy\}/)
    if (scope === 'class') expect(template).toContain('{class}')
    expect(actTemplate).toMatch(/\{case\}.*\{act\}/)
  })

  test('has people with known roles in units that exist, and somebody in each unit procedures go to', () => {
    const units = town.units.map((unit) => unit.id)
    for (const person of town.people) {
      expect([...staffRoles, 'citizen']).toEqual(expect.arrayContaining(person.roles))
      expect(units).toEqual(expect.arrayContaining(person.units))
      expect(person.email).toMatch(/^[a-z.]+@[a-z.-]+\.example$/)
    }
    const offered = packages.filter((pack) => townsOffering(pack).includes(town))
    const clerks = town.people.filter((person) => person.roles.includes('case-clerk'))
    for (const { procedure } of offered) expect(clerks.flatMap((clerk) => clerk.units)).toContain(procedure.unit)
    expect(offered.length).toBeGreaterThan(0)
  })

  test('has citizens with synthetic, valid personal numbers', () => {
    const citizens = town.people.filter((person) => person.roles.includes('citizen'))

    expect(citizens.length).toBeGreaterThanOrEqual(2)
    for (const { personalNumber = '', username } of citizens) {
      expect(checkPersonalNumber(town.country, personalNumber, today).ok, username).toBe(true)
    }
  })
})

test('no user name or address is given twice in the demo', () => {
  const people = municipalities.flatMap((town) => town.people)

  expect(new Set(people.map((person) => person.username)).size).toBe(people.length)
  expect(new Set(people.map((person) => person.email)).size).toBe(people.length)
})
