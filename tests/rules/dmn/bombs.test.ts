import { expect, test } from 'vitest'
import { decisionOf, evaluateDecision, functionOf, invokeFunction, readDmn } from '../../../server/rules/dmn/index.ts'
import { scopeOf } from '../../../server/rules/feel/index.ts'
import type { DialectName } from '../../../server/rules/feel/index.ts'
import { decision, dmn, knowledge, literal, table } from './writeDmn.ts'

const dialects = ['camunda', 'dmn'] as const

async function failureOf(xml: string, dialect: DialectName): Promise<string | undefined> {
  const { drg, faults } = await readDmn(xml, { dialect })
  const found = drg && decisionOf(drg, 'a')
  return found ? evaluateDecision(drg, found, scopeOf({})).failure?.message : faults.join(' ')
}

const calling = (id: string, expression: string, required: string) =>
  knowledge(id, { n: 'number' }, literal(expression)).replace('</businessKnowledgeModel>',
    `<knowledgeRequirement><requiredKnowledge href="#${required}"/></knowledgeRequirement></businessKnowledgeModel>`)

test.each(dialects)('knowledge that calls itself twice ends, in dialect %s', async (dialect) => {
  const twice = knowledge('f', { n: 'number' }, literal('if n < 1 then 1 else f(n - 1) + f(n - 1)'))

  expect(await failureOf(dmn(twice, decision('a', literal('f(60)'), { knowledge: ['f'] })), dialect)).toContain('Expected a decision of at most')
})

test.each(dialects)('knowledge that calls other knowledge twice, and so on, ends, in dialect %s', async (dialect) => {
  const chain = Array.from({ length: 40 }, (_, index) => calling(`f${index + 1}`, `f${index}(n) + f${index}(n)`, `f${index}`))
  const model = dmn(knowledge('f0', { n: 'number' }, literal('n')), ...chain, decision('a', literal('f40(1)'), { knowledge: ['f40'] }))

  expect(await failureOf(model, dialect)).toContain('Expected a decision of at most')
})

test('a table that is asked for ever ends, although its plain cells need no expression', async () => {
  const rules = Array.from({ length: 1000 }, (_, index): [string[], string[]] => [[String(-index - 1)], ['"never"']])
  const asked = knowledge('asked', { n: 'number' }, table({ inputs: [{ expression: 'n' }], outputs: [{ name: 'y' }], rules }))
  const model = dmn(asked, decision('a', literal('count(for i in 1..90000 return asked(i))'), { knowledge: ['asked'] }))

  expect(await failureOf(model, 'dmn')).toContain('Expected a decision of at most')
})

test.each(dialects)('decisions that require each other in a row longer than there is stack are told, in dialect %s', async (dialect) => {
  const chain = Array.from({ length: 6000 }, (_, index) => decision(`d${index + 1}`, literal(`d${index} + 1`), { decisions: [`d${index}`] }))
  const model = dmn(decision('d0', literal('1')), ...chain, decision('a', literal('d6000'), { decisions: ['d6000'] }))

  expect(await failureOf(model, dialect)).toMatch(/too deep/)
})

test('types that are each other are told', async () => {
  const { drg } = await readDmn(dmn('<itemDefinition name="t"><typeRef>u</typeRef></itemDefinition><itemDefinition name="u"><typeRef>t</typeRef></itemDefinition>',
    decision('a', literal('1'), { type: 't' }), knowledge('f', { n: 't' }, literal('n'))), { dialect: 'dmn' })

  expect(evaluateDecision(drg!, decisionOf(drg!, 'a')!, scopeOf({})).failure?.message).toMatch(/too deep/)
  expect(() => invokeFunction(functionOf(drg!, 'f')!, new Map([['n', 'x']]))).toThrow(/too deep/)
})

test.each(dialects)('a model nested without measure is told, in dialect %s', async (dialect) => {
  const nested = '<context><contextEntry>'.repeat(4000) + literal('1') + '</contextEntry></context>'.repeat(4000)

  expect(await failureOf(dmn(decision('a', nested)), dialect)).toContain('nested too deep')
})
