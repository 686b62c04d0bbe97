import { expect, test } from 'vitest'
import { readDmn } from '../../../server/rules/dmn/index.ts'
import { decide, outputOf } from './decide.ts'
import { context, decision, dmn, functionDefinition, invocation, knowledge, list, literal, relation, table } from './writeDmn.ts'

const pricePerPage = knowledge('price', { pages: 'number' }, literal('pages * 12.50'))

test('a literal expression is decided in decimals', async () => {
  expect(await outputOf(dmn(decision('a', literal('0.1 + 0.2'))))).toBe('0.3')
})

test('each kind of boxed logic gives its value', async () => {
  expect(await outputOf(dmn(decision('a', context([['net', literal('100')], ['gross', literal('net * 1.2')]]))))).toBe('{"net":100,"gross":120}')
  expect(await outputOf(dmn(decision('a', context([['net', literal('100')], [null, literal('net + 1')]]))))).toBe('101')
  expect(await outputOf(dmn(decision('a', list(literal('1'), literal('"b"')))))).toBe('[1,"b"]')
  expect(await outputOf(dmn(decision('a', relation(['office', 'room'], [['"mayor"', '1'], ['"registry"', '12']]))))).toBe(
    '[{"office":"mayor","room":1},{"office":"registry","room":12}]',
  )
  expect(await outputOf(dmn(decision('a', context([['twice', functionDefinition({ n: 'number' }, literal('n * 2'))], [null, literal('twice(21)')]]))))).toBe('42')
})

test('knowledge is called from an expression or by an invocation', async () => {
  const called = dmn(pricePerPage, decision('a', literal('price(3)'), { knowledge: ['price'] }))
  const invoked = dmn(pricePerPage, decision('a', invocation('price', { pages: 'sheets * 2' }), { knowledge: ['price'] }))

  expect(await outputOf(called)).toBe('37.5')
  expect(await outputOf(invoked, { sheets: 2 })).toBe('50')
})

test('an argument of another type ends the decision when it is bound, and is null in an expression', async () => {
  const called = dmn(pricePerPage, decision('a', literal('price("three")'), { knowledge: ['price'] }))
  const invoked = dmn(pricePerPage, decision('a', invocation('price', { pages: '"three"' }), { knowledge: ['price'] }))

  expect(await outputOf(called)).toBe('null')
  expect(await outputOf(invoked)).toBe(`failed: expected 'number' but found '"three"'`)
})

test('a required decision is made first, and its result is known by its variable or its id', async () => {
  const model = dmn(
    decision('income', literal('100'), { variable: 'perMember' }),
    decision('limit', literal('150')),
    decision('a', literal('perMember < limit'), { decisions: ['income', 'limit'] }),
  )

  const { output, evaluated } = await decide(model)

  expect(output).toBe(true)
  expect(evaluated.map((each) => [each.decision.id, each.decision.type])).toEqual([
    ['income', 'LITERAL_EXPRESSION'],
    ['limit', 'LITERAL_EXPRESSION'],
    ['a', 'LITERAL_EXPRESSION'],
  ])
})

test('a decision that two others require is made once', async () => {
  const model = dmn(
    decision('base', literal('1')),
    decision('left', literal('base + 1'), { decisions: ['base'] }),
    decision('right', literal('base + 2'), { decisions: ['base'] }),
    decision('a', literal('left + right'), { decisions: ['left', 'right'] }),
  )

  const { evaluated } = await decide(model)

  expect(evaluated.map((each) => each.decision.id)).toEqual(['base', 'left', 'right', 'a'])
})

test('a decision tells what its inputs were, which rules matched and what they gave', async () => {
  const model = dmn(decision('a', table({
    hitPolicy: 'COLLECT',
    inputs: [{ expression: 'medium', label: 'Medium' }, { expression: 'copies', type: 'number' }],
    outputs: [{ name: 'fee', label: 'Fee' }],
    rules: [[['"paper"', '-'], ['copies * 500']], [['"file"', '-'], ['0']], [['-', '> 2'], ['-50']]],
  })))

  const { evaluated } = await decide(model, { medium: 'paper', copies: 3 })

  expect(plain(evaluated[0])).toMatchObject({
    evaluatedInputs: [
      { inputId: 'input-1', inputName: 'Medium', inputValue: 'paper' },
      { inputId: 'input-2', inputName: 'copies', inputValue: '3' },
    ],
    matchedRules: [
      { ruleId: 'rule-1', ruleIndex: 1, evaluatedOutputs: [{ outputId: 'output-1', outputName: 'Fee', outputValue: '1500' }] },
      { ruleId: 'rule-3', ruleIndex: 3, evaluatedOutputs: [{ outputId: 'output-1', outputName: 'Fee', outputValue: '-50' }] },
    ],
  })
})

test('a required decision that fails is named, with all that was made before it', async () => {
  const model = dmn(
    decision('income', literal('assert(members, members > 0)')),
    decision('a', literal('income + 1'), { decisions: ['income'] }),
  )

  const { failure, evaluated } = await decide(model, { members: 0 })

  expect(failure?.decision.id).toBe('income')
  expect(failure?.message).toBe("failed to evaluate expression 'assert(members, members > 0)': The condition is not fulfilled")
  expect(evaluated.map((each) => [each.decision.id, each.output])).toEqual([['income', null]])
})

test('the result of a decision is of the declared type, or the decision fails', async () => {
  expect(await outputOf(dmn(decision('a', literal('"many"'), { type: 'number' })))).toBe(`failed: expected 'number' but found '"many"'`)
  expect(await outputOf(dmn(decision('a', literal('null'), { type: 'number' })))).toBe('null')
})

test('all faults of a model are told at once, with the element named', async () => {
  const model = dmn(
    decision('a', literal('1 +'), { decisions: ['b'], inputs: ['nowhere'] }),
    decision('b', literal('a'), { decisions: ['a'] }),
    decision('c', ''),
    decision('d', invocation('unknown', {})),
    decision('e', '<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>'),
  )

  const { drg, faults } = await readDmn(model)

  expect(drg).toBeUndefined()
  expect(faults).toEqual([
    'Element: dmn:DMNElementReference > DMNElementReference: Unable to find a model element instance for id nowhere',
    'Element: a > Decision: Cyclic dependencies between decisions detected.',
    expect.stringContaining("LiteralExpression: FEEL expression: failed to parse expression '1 +'"),
    'Element: c > Decision: Expected decision logic, but found none',
    "Element: dmn:Invocation > Invocation: no BKM found with name 'unknown'",
    "Element: dmn:LiteralExpression > LiteralExpression: Expression language 'javascript' is not supported",
  ])
})

test('what is no decision model is refused', async () => {
  expect((await readDmn('<definitions')).faults).toHaveLength(1)
  expect((await readDmn(dmn())).faults).toEqual(['Element: model > Definitions: Expected at least one decision, but found none'])
})

test('models of all versions of the standard are read', async () => {
  const namespaces = [
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ]

  const outputs = await Promise.all(
    namespaces.map((namespace) => outputOf(dmn(decision('a', literal('1 + 1'))).replace('https://www.omg.org/spec/DMN/20191111/MODEL/', namespace))),
  )

  expect(outputs).toEqual(namespaces.map(() => '2'))
})

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
