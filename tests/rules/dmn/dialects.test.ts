import { expect, test } from 'vitest'
import { differences } from '../../../server/rules/feel/dialects.ts'
import type { DialectName } from '../../../server/rules/feel/index.ts'
import { outputOf } from './decide.ts'
import { decision, dmn, input, literal, table } from './writeDmn.ts'

/** For each difference of decisions a model, its variables, and what either dialect answers: `camunda`, then `dmn`. */
const examples: Readonly<Record<string, readonly [model: string, variables: Record<string, unknown>, camunda: string, dmn: string]>> = {
  requiredVisible: [dmn(decision('a', literal('copies'))), { copies: 2 }, '2', 'null'],
  expressionLists: [dmn(decision('a', literal('1 + 1, 3'))), {},
    "Element: dmn:LiteralExpression > LiteralExpression: FEEL expression: failed to parse expression '1 + 1, 3': Did not understand \",\" at position 6",
    '[2,3]'],
  inputsConverted: [
    dmn(input('day', { type: 'date' }), decision('a', literal('day instance of date'), { inputs: ['day'] })), { day: '2026-11-24' }, 'false', 'true',
  ],
  typesAsked: [
    dmn('<itemDefinition name="tMedium"><typeRef>string</typeRef><allowedValues><text>"paper"</text></allowedValues></itemDefinition>',
      decision('a', literal('"stone"'), { type: 'tMedium' })),
    {}, '"stone"', 'null',
  ],
  defaultsFilled: [
    dmn(decision('a', table({ inputs: [{ expression: '1' }], outputs: [{ name: 'x', byDefault: '7' }, { name: 'y' }], rules: [[['2'], ['1', '1']]] }))),
    {}, '7', '{"x":7,"y":null}',
  ],
  emptyCollected: [
    dmn(decision('a', table({ hitPolicy: 'COLLECT', inputs: [{ expression: '1' }], outputs: [{ name: 'x' }], rules: [[['2'], ['1']]] }))),
    {}, 'null', '[]',
  ],
  orderedAggregated: [
    dmn(decision('a', table({
      hitPolicy: 'COLLECT', aggregation: 'MIN', inputs: [{ expression: '1' }], outputs: [{ name: 'x' }], rules: [[['1'], ['"b"']], [['1'], ['"a"']]],
    }))),
    {}, 'failed: expected number but found \'"b"\'', '"a"',
  ],
  resultsByName: [
    dmn(decision('price', literal('5'), { name: 'Price' }), decision('a', literal('[price, Price]'), { decisions: ['price'] })), {}, '[5,null]', '[null,5]',
  ],
}

test.each(Object.entries(examples))('the dialects differ in %s', async (_, [model, variables, camunda, standard]) => {
  const answer = (dialect: DialectName) => outputOf(model, variables, { dialect }).catch((error: Error) => error.message)

  expect(await answer('camunda')).toBe(camunda)
  expect(await answer('dmn')).toBe(standard)
})

test('each difference of decisions is shown', () => {
  const ofDecisions = Object.entries(differences).filter(([, [, files]]) => files.startsWith('../dmn/'))

  expect(Object.keys(examples)).toEqual(ofDecisions.map(([name]) => name))
})
