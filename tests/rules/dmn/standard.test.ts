import { describe, expect, test } from 'vitest'
import { functionOf, invokeFunction, readDmn } from '../../../server/rules/dmn/index.ts'
import { toJson } from '../../../server/rules/feel/index.ts'
import { outputOf } from './decide.ts'
import { context, decision, dmn, functionDefinition, input, invocation, knowledge, literal, table } from './writeDmn.ts'

const standard = (xml: string, variables: Record<string, unknown> = {}, name = 'a') => outputOf(xml, variables, { decision: name, dialect: 'dmn' })

const item = (name: string, inner: string, isCollection = false) =>
  `<itemDefinition name="${name}"${isCollection ? ' isCollection="true"' : ''}>${inner}</itemDefinition>`
const of = (type: string) => `<typeRef>${type}</typeRef>`

describe('by the standard', () => {
  test('only what is required is visible, under names with blanks and signs', async () => {
    const model = dmn(
      input('income', { name: 'Monthly income - gross', type: 'number' }),
      input('other', { name: 'Other', type: 'number' }),
      decision('yearly', literal('Monthly income - gross * 12'), { name: 'Yearly income', inputs: ['income'] }),
      decision('a', literal('[Yearly income, Other]'), { decisions: ['yearly'] }),
    )

    expect(await standard(model, { 'Monthly income - gross': 100, Other: 7 })).toBe('[1200,null]')
  })

  test('keys of declared types may have dots and keywords', async () => {
    const model = dmn(
      item('tPerson', `<itemComponent name="date of birth">${of('date')}</itemComponent><itemComponent name="no. 1">${of('string')}</itemComponent>`),
      input('person', { name: 'Person', type: 'tPerson' }),
      decision('a', literal('[Person.date of birth.year, Person.no. 1]'), { inputs: ['person'] }),
    )

    expect(await standard(model, { Person: { 'date of birth': '1990-05-06', 'no. 1': 'x' } })).toBe('[1990,"x"]')
  })

  test.each([
    ['date', '2024-02-29', 'x + duration("P1D")', '"2024-03-01"'],
    ['time', '10:30:00', 'x.hour', '10'],
    ['date and time', '2024-02-29T10:30:00Z', 'x.minute', '30'],
    ['dateTime', '2024-02-29T10:30:00', 'x.day', '29'],
    ['days and time duration', 'PT36H', 'x.hours', '12'],
    ['yearMonthDuration', 'P14M', 'x.months', '2'],
    ['number', 5, 'x + 1', '6'],
    ['number', '5', 'x', 'null'],
    ['string', 5, 'x', 'null'],
    ['boolean', true, 'not(x)', 'false'],
    ['Any', { a: [1] }, 'x.a[1]', '1'],
    ['Any', '2026-11-24', 'day of week(x)', '"Tuesday"'],
    ['Any', 'PT90M', 'x + duration("PT30M")', '"PT2H"'],
    ['Any', '24/11', 'x', '"24/11"'],
  ])('an input of type %s is made of %j', async (type, value, expression, expected) => {
    const model = dmn(input('x', { type }), decision('a', literal(expression), { inputs: ['x'] }))

    expect(await standard(model, { x: value })).toBe(expected)
  })

  test('a result that is given is not made: what would be, if it were', async () => {
    const model = dmn(
      decision('income', literal('1000'), { type: 'number' }),
      decision('a', literal('if income < 500 then "entitled" else "not entitled"'), { decisions: ['income'] }),
    )

    expect(await standard(model)).toBe('"not entitled"')
    expect(await standard(model, { income: 400 })).toBe('"entitled"')
    expect(await standard(model, { income: 'much' })).toBe('"not entitled"')
    expect(await standard(model, { a: 'entitled' })).toBe('"not entitled"')
  })

  test('a cell whose expression is a truth value is compared with one', async () => {
    const model = dmn(
      input('here', { name: 'lives here', type: 'boolean' }), input('asked', { type: 'boolean' }),
      decision('a', table({
        inputs: [{ expression: 'lives here' }], outputs: [{ name: 'y' }], rules: [[['asked'], ['"same"']], [['not(asked)'], ['"other"']]],
      }), { inputs: ['here', 'asked'] }),
    )

    expect(await standard(model, { 'lives here': false, asked: true })).toBe('"other"')
    expect(await standard(model, { 'lives here': false, asked: false })).toBe('"same"')
  })

  test('a function may be declared with the type of its result', async () => {
    const entries = context([['twice', functionDefinition({ n: 'number' }, literal('n * 2'))], [null, literal('twice(21)')]])

    expect(await standard(dmn(decision('a', entries.replace('<variable name="twice"', '<variable typeRef="number" name="twice"'))))).toBe('42')
  })

  test('a boxed function of Java calculates, too', async () => {
    const method = functionDefinition({ one: 'number', other: 'number' },
      context([['class', literal('"java.lang.Math"')], ['method signature', literal('"max(double, double)"')]]))
    const java = method.replace('<functionDefinition', '<functionDefinition kind="Java"')
    const knowing = knowledge('larger', { one: 'number', other: 'number' }, context([['class', literal('"java.lang.Math"')],
      ['method signature', literal('"max(double, double)"')]])).replace('<encapsulatedLogic', '<encapsulatedLogic kind="Java"')

    expect(await standard(dmn(decision('a', context([['larger', java], [null, literal('larger(12, 34.5)')]]))))).toBe('34.5')
    expect(await standard(dmn(knowing, decision('a', literal('larger(12, 34.5)'), { knowledge: ['larger'] })))).toBe('34.5')
  })

  test('a value that is not allowed is null', async () => {
    const model = dmn(
      item('tMedium', `${of('string')}<allowedValues><text>"paper", "file"</text></allowedValues>`),
      item('tMedia', of('tMedium'), true),
      input('x', { type: 'tMedium' }), input('y', { type: 'tMedia' }),
      decision('a', literal('[x, y]'), { inputs: ['x', 'y'] }),
    )

    expect(await standard(model, { x: 'paper', y: ['file', 'paper'] })).toBe('["paper",["file","paper"]]')
    expect(await standard(model, { x: 'stone', y: ['file', 'stone'] })).toBe('[null,null]')
  })

  test('a result is converted to its declared type, or null', async () => {
    const types = [item('tNumbers', of('number'), true), item('tPerson', `<itemComponent name="name">${of('string')}</itemComponent>`)]
    const result = (type: string, expression: string) => standard(dmn(...types, decision('a', literal(expression), { type })))

    expect(await Promise.all([
      result('string', '1 + 1'), result('tNumbers', '10'), result('tNumbers', '["x"]'), result('number', '[10]'), result('string', '[1]'),
      result('tPerson', '{name: "Ana", age: 9}'), result('tPerson', '{age: 9}'), result('date and time', 'date("2024-01-01")'),
    ])).toEqual(['null', '[10]', 'null', '10', 'null', '{"name":"Ana","age":9}', 'null', '"2024-01-01T00:00:00Z"'])
  })

  test('a function that is given an argument of a wrong type has no answer', async () => {
    const isThere = knowledge('has', { arg: 'number' }, literal('arg != null'), { name: 'has value' })
    const model = dmn(isThere,
      decision('a', literal('has value("x")'), { knowledge: ['has'] }),
      decision('b', invocation('has value', { arg: '"x"' }), { knowledge: ['has'] }),
      decision('c', context([['f', functionDefinition({ arg: 'number' }, literal('arg = null'))], [null, literal('f("x")')]])))

    expect(await Promise.all(['a', 'b', 'c'].map((name) => standard(model, {}, name)))).toEqual(['null', 'null', 'null'])
  })

  test('knowledge may call itself, and other knowledge only when it requires it', async () => {
    const model = dmn(
      knowledge('factorial', { n: 'number' }, literal('if n < 2 then 1 else n * factorial(n - 1)')),
      knowledge('lonely', { n: 'number' }, literal('factorial(n)')),
      decision('a', literal('[factorial(5), lonely(5)]'), { knowledge: ['factorial', 'lonely'] }),
    )

    expect(await standard(model)).toBe('[120,null]')
  })

  test('an invocation calls any function, also a built-in one', async () => {
    expect(await standard(dmn(decision('a', invocation('abs', { n: '-3' }))))).toBe('3')
    expect(await standard(dmn(decision('a', context([['f', functionDefinition({ 'of what': 'number' }, literal('of what + 1'))],
      [null, invocation('f', { 'of what': '2' })]]))))).toBe('3')
  })

  test('boxed conditions, loops and filters give what their expressions give', async () => {
    const child = (name: string, expression: string) => `<${name}>${literal(expression)}</${name}>`
    const boxed = (logic: string) => standard(dmn(decision('a', logic)))

    expect(await Promise.all([
      boxed(`<conditional>${child('if', 'null')}${child('then', '1')}${child('else', '2')}</conditional>`),
      boxed(`<for iteratorVariable="x">${child('in', '[1..3]')}${child('return', 'x * 2 + count(partial)')}</for>`),
      boxed(`<for iteratorVariable="x">${child('in', 'null')}${child('return', 'x')}</for>`),
      boxed(`<some iteratorVariable="x">${child('in', '[1, null]')}${child('satisfies', 'x > 1')}</some>`),
      boxed(`<every iteratorVariable="x">${child('in', '[]')}${child('satisfies', 'x > 1')}</every>`),
      boxed(`<filter>${child('in', '[{a: 1}, {a: 2}]')}${child('match', 'a > 1 and item.a = 2')}</filter>`),
      boxed(`<filter>${child('in', '[5, 6, 7]')}${child('match', '-1')}</filter>`),
      boxed(`<filter>${child('in', '[5, 6, 7]')}${child('match', '"yes"')}</filter>`),
      boxed(`<conditional>${child('if', '"yes"')}${child('then', '1')}${child('else', '2')}</conditional>`),
      boxed(`<some iteratorVariable="x">${child('in', '[1, 2]')}${child('satisfies', 'if x = 2 then true else "no"')}</some>`),
    ])).toEqual(['2', '[2,5,8]', 'null', 'null', 'true', '[{"a":2}]', '7', 'null', 'null', 'null'])
  })

  test('what fails is null, and the rest goes on', async () => {
    const model = dmn(
      decision('unreadable', literal('1 +')),
      decision('none', ''),
      decision('two', table({ inputs: [{ expression: '1' }], outputs: [{ name: 'y' }], rules: [[['-'], ['1']], [['-'], ['2']]] })),
      decision('a', literal('[unreadable, none, two, 4]'), { decisions: ['unreadable', 'none', 'two'] }),
    )

    expect(await standard(model)).toBe('[null,null,null,4]')
  })

  test('a table takes only allowed inputs, converts its outputs and finds priorities in their type', async () => {
    const model = dmn(
      item('tLevel', `${of('string')}<allowedValues><text>"high", "low"</text></allowedValues>`),
      input('x', { type: 'string' }),
      decision('a', table({
        hitPolicy: 'PRIORITY', inputs: [{ expression: 'x', values: '"p", "q"' }], outputs: [{ name: 'level', type: 'tLevel' }],
        rules: [[['-'], ['"low"']], [['"p"'], ['"high"']]],
      }), { inputs: ['x'] }),
    )

    expect(await Promise.all(['p', 'q', 'r'].map((x) => standard(model, { x })))).toEqual(['"high"', '"low"', 'null'])
  })

  test('a column gives only what it lists', async () => {
    const listing = (values: string) => standard(dmn(decision('a', table({
      inputs: [{ expression: '1' }], outputs: [{ name: 'level', values }, { name: 'why' }], rules: [[['-'], ['"low"', '"x"']]],
    }))))

    expect(await Promise.all([listing('"high", "low"'), listing('"high"'), listing('string length(?) < 4'), listing('-')])).toEqual([
      '{"level":"low","why":"x"}', '{"level":null,"why":"x"}', '{"level":"low","why":"x"}', '{"level":"low","why":"x"}',
    ])
  })

  test('when no rule matches, what is collected is an empty list and its count 0', async () => {
    const collected = (more: object) => standard(dmn(decision('a', table({ inputs: [{ expression: '1' }], outputs: [{ name: 'y' }], rules: [[['2'], ['1']]], ...more }))))

    expect(await Promise.all([
      collected({ hitPolicy: 'COLLECT' }), collected({ hitPolicy: 'COLLECT', aggregation: 'COUNT' }), collected({ hitPolicy: 'COLLECT', aggregation: 'SUM' }),
      collected({ hitPolicy: 'RULE ORDER' }), collected({ hitPolicy: 'COLLECT', outputs: [{ name: 'y', byDefault: '7' }] }),
    ])).toEqual(['[]', '0', 'null', 'null', '7'])
  })

  test('a decision service is called as a function, its inputs in the order of data, then decisions', async () => {
    const model = dmn(
      input('data', { type: 'string' }),
      decision('given', literal('"never made"'), { type: 'string' }),
      decision('joined', literal('data + "-" + given'), { inputs: ['data'], decisions: ['given'] }),
      '<decisionService id="service" name="Join them"><variable name="Join them"/><outputDecision href="#joined"/><encapsulatedDecision href="#joined"/>'
        + '<inputDecision href="#given"/><inputData href="#data"/></decisionService>',
      decision('a', literal('[Join them("A", "B"), Join them(given: "D", data: "C"), Join them("A"), Join them(1, "B")]'), { knowledge: ['service'] }),
    )

    expect(await standard(model)).toBe('["A-B","C-D",null,null]')
  })

  test('what a function gives is converted to the type that its type names, or null', async () => {
    const giving = (name: string, type: string) => `<itemDefinition name="${name}"><functionItem outputTypeRef="${type}"/></itemDefinition>`
    const { drg } = await readDmn(dmn(
      giving('givesMoment', 'date and time'), giving('givesText', 'string'), decision('one', literal('1')),
      knowledge('day', {}, literal('date(2026, 11, 24)')).replace('<encapsulatedLogic>', '<variable name="day" typeRef="givesMoment"/><encapsulatedLogic>'),
      '<decisionService id="text" name="text"><variable name="text" typeRef="givesText"/><outputDecision href="#one"/></decisionService>',
    ), { dialect: 'dmn' })

    expect(toJson(invokeFunction(functionOf(drg!, 'day')!, new Map()))).toBe('"2026-11-24T00:00:00Z"')
    expect(toJson(invokeFunction(functionOf(drg!, 'text')!, new Map()))).toBe('null')
  })

  test('a decision service is called from outside, too', async () => {
    const { drg } = await readDmn(dmn(
      decision('one', literal('1')), decision('two', literal('one + 1'), { decisions: ['one'] }),
      '<decisionService id="service" name="Both"><outputDecision href="#one"/><outputDecision href="#two"/></decisionService>',
    ), { dialect: 'dmn' })

    expect(toJson(invokeFunction(functionOf(drg!, 'Both')!, new Map()))).toBe('{"one":1,"two":2}')
  })
})
