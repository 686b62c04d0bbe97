import { expect, test } from 'vitest'
import { readDmn } from '../../../server/rules/dmn/index.ts'
import { outputOf, decide } from './decide.ts'
import { decision, dmn, table } from './writeDmn.ts'
import type { Table } from './writeDmn.ts'

test('one rule fits and gives the fee', async () => {
  const model = fees({})

  expect(await outputOf(model, { copies: 1 })).toBe('500')
})

test('by default two rules that fit are a fault of the table, even with the same result', async () => {
  const model = fees({})

  expect(await outputOf(model, { copies: 5 })).toBe(
    `failed: multiple values aren't allowed for UNIQUE hit policy. found: '[{fee:500}, {fee:300}, {fee:300}]'`,
  )
})

test('no rule fits: null, or the default of the column', async () => {
  expect(await outputOf(fees({}), { copies: 0 })).toBe('null')
  expect(await outputOf(fees({ hitPolicy: 'COLLECT' }), { copies: 0 })).toBe('null')
  expect(await outputOf(fees({ outputs: [{ name: 'fee', byDefault: 'copies + 7' }] }), { copies: 0 })).toBe('7')
})

test('each policy makes its own result of the rules that fit', async () => {
  const results = await Promise.all(
    ['FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'].map((hitPolicy) => outputOf(fees({ hitPolicy }), { copies: 5 })),
  )

  expect(results).toEqual([
    '500',
    `failed: different values aren't allowed for ANY hit policy. found: '[{fee:500}, {fee:300}]'`,
    '300',
    '[500,300,300]',
    '[300,300,500]',
    '[500,300,300]',
  ])
})

test('what is collected is added up, counted, or its least and greatest is taken, in exact decimals', async () => {
  const collected = (aggregation: string) =>
    outputOf(fees({ hitPolicy: 'COLLECT', aggregation, rules: [[['-'], ['0.1']], [['-'], ['0.2']], [['> 9'], ['7']]] }), { copies: 5 })

  expect(await Promise.all(['SUM', 'COUNT', 'MIN', 'MAX'].map(collected))).toEqual(['0.3', '2', '0.1', '0.2'])
})

test('a sum of what is no number fails', async () => {
  const model = fees({ hitPolicy: 'COLLECT', aggregation: 'SUM', rules: [[['-'], ['"free"']]] })

  expect(await outputOf(model, { copies: 1 })).toBe(`failed: expected number but found '"free"'`)
})

test('several columns give a context, and their order of importance decides column by column', async () => {
  const model = fees({
    hitPolicy: 'PRIORITY',
    outputs: [{ name: 'queue', values: '"urgent", "usual"' }, { name: 'room', values: '3, 2, 1' }],
    rules: [[['-'], ['"usual"', '3']], [['-'], ['"urgent"', '1']], [['-'], ['"urgent"', '2']]],
  })

  expect(await outputOf(model, { copies: 1 })).toBe('{"queue":"urgent","room":2}')
})

test('FIRST looks no further: a later rule that cannot be evaluated does no harm', async () => {
  const model = fees({ hitPolicy: 'FIRST', rules: [[['-'], ['1']], [['-'], ['assert(null, false)']]] })

  const { output, evaluated } = await decide(model, { copies: 1 })

  expect(String(output)).toBe('1')
  expect(evaluated[0]?.matchedRules.map((each) => each.ruleId)).toEqual(['rule-1'])
})

test('what an aggregation, a policy or a column may not be is told when the table is read', async () => {
  const faults = await Promise.all([
    fees({ hitPolicy: 'COLLECT', aggregation: 'SUM', outputs: [{ name: 'fee' }, { name: 'room' }] }),
    fees({ hitPolicy: 'LAST' }),
    fees({ outputs: [{ name: '', label: 'Fee' }, { name: 'room' }] }),
  ].map(async (model) => (await readDmn(model)).faults.find((each) => !each.includes('parse'))))

  expect(faults).toEqual([
    "Element: dmn:DecisionTable > DecisionTable: hit policy 'COLLECT' with aggregator is not defined for compound output",
    "Element: dmn:DecisionTable > DecisionTable: Expected one of the hit policies UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE ORDER, OUTPUT ORDER, but found 'LAST'",
    'Element: output-1 > OutputClause: no output name defined for `Fee`',
  ])
})

function fees(different: Partial<Table>): string {
  return dmn(decision('a', table({
    inputs: [{ expression: 'copies', type: 'number' }],
    outputs: [{ name: 'fee', type: 'number', values: '300, 500' }],
    rules: [[['>= 1'], ['500']], [['> 2'], ['300']], [['> 4'], ['300']]],
    ...different,
  })))
}
