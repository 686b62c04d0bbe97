import { expect, test } from 'vitest'
import { dialects, scopeOf, toJson } from '../../server/rules/feel/index.ts'
import type { DialectName } from '../../server/rules/feel/index.ts'
import { decisionOf, evaluateDecision, readDmn } from '../../server/rules/dmn/index.ts'
import { ruleOn } from '../../server/zeebe/municipality.ts'
import fees from './registerExtractFees.json' with { type: 'json' }
import { countries, packages } from './shipped.ts'

const xml = packages.find(({ procedure }) => procedure.id === 'register-extract')?.decisions['fee.dmn'] ?? ''
const domestic = { purpose: 'general', kind: 'birth', extractForm: 'domestic' }
const unasked = { medium: null, purpose: null, kind: null, extractForm: null, speed: null }

/** A filing's answers, as the process has them, and the fee that belongs to them. */
const combinations = fees.rows.flatMap(({ countries: offered, answers, feeByCopies }) =>
  Object.entries(feeByCopies).flatMap(([copies, fee]) =>
    offered.map((country) => ({ ...unasked, ...answers, country, copies: copies === 'none' ? null : Number(copies), expected: fee }))))

async function feeDecision(dialect: DialectName): Promise<(variables: Record<string, unknown>) => string> {
  const { drg, faults } = await readDmn(xml, { dialect })
  const decision = drg && decisionOf(drg, 'fee')
  if (!decision) throw new Error(`Expected the decision fee in fee.dmn, but: ${faults.join('; ')}`)
  return (variables) => {
    const { output, failure } = evaluateDecision(drg, decision, scopeOf(variables))
    return failure?.message ?? toJson(output)
  }
}

test.each(Object.keys(dialects) as DialectName[])(
  'every combination the form allows costs what it cost before there was a table, by the rules of %s',
  async (dialect) => {
    const decide = await feeDecision(dialect)

    const differing = combinations.filter(({ expected, ...answers }) => decide({ ...answers, fee: fees.prices }) !== String(expected))

    expect(combinations).toHaveLength(652)
    expect(differing).toEqual([])
  },
)

test.each([
  ['an extract into the electronic mailbox of Sombor', 'rs', { ...domestic, medium: 'electronic' }, '0'],
  ['three ordinary extracts on paper in Sombor', 'rs', { ...domestic, medium: 'paper', copies: 3 }, '156000'],
  ['an international extract on paper in Sombor', 'rs', { ...domestic, medium: 'paper', extractForm: 'international', copies: 1 }, '62000'],
  ['a paper extract for a pension in Sombor', 'rs', { ...domestic, medium: 'paper', purpose: 'pension', copies: 2 }, '0'],
  ['two express duplicates in Stara Zagora', 'bg', { medium: 'paper', speed: 'express', copies: 2 }, '920'],
] as const)('%s costs by the price list in force', async (_what, country, answers, fee) => {
  const decide = await feeDecision('camunda')
  const prices = ruleOn(countries[country]?.fees['register-extract'], '2026-11-24')?.amounts

  const cost = decide({ ...unasked, copies: null, ...answers, country, fee: prices })

  expect(cost).toBe(fee)
})
