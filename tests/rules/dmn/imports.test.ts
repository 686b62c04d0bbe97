import { describe, expect, test } from 'vitest'
import { decisionOf, evaluateDecision, readDmn } from '../../../server/rules/dmn/index.ts'
import { scopeOf, toJson } from '../../../server/rules/feel/index.ts'
import { decision, input, knowledge, literal } from './writeDmn.ts'

interface Import {
  readonly name?: string
  readonly namespace: string
}

/** A model with a namespace of its own. */
function model(namespace: string, imports: readonly Import[], ...parts: readonly string[]): string {
  const imported = imports.map(({ name, namespace: other }) =>
    `<import name="${name ?? ''}" namespace="${other}" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>`)
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${namespace}" name="${namespace}" namespace="${namespace}">
    ${[...imported, ...parts].join('\n')}</definitions>`
}

/** What decision `a` of the first model makes of the variables; the others can be imported. */
async function output([main = '', ...others]: readonly string[], variables: Record<string, unknown> = {}): Promise<string> {
  const importing = async (namespace: string) => others.find((each) => each.includes(` namespace="${namespace}">`))
  const { drg, faults } = await readDmn(main, { dialect: 'dmn', importing })
  const a = drg && decisionOf(drg, 'a')
  if (!drg || !a) throw new Error(faults.join('\n'))
  return toJson(evaluateDecision(drg, a, scopeOf(variables)).output)
}

const person = `<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>`

describe('a model that imports another under a name', () => {
  const fees = model('fees', [], person,
    input('base', { type: 'number' }),
    decision('yearly', literal('base * 12'), { name: 'Yearly fee', inputs: ['base'] }),
    knowledge('hello', { who: 'tPerson' }, literal('"Hello " + who.name'), { name: 'Say Hello' }))

  test('sees its decisions, made of their own inputs, in a context of this name', async () => {
    const main = model('main', [{ name: 'Fees of 2026', namespace: 'fees' }],
      decision('a', literal('Fees of 2026.Yearly fee + 1'), { decisions: ['yearly'] }).replace('#yearly', 'fees#yearly'))

    expect(await output([main, fees], { base: 100 })).toBe('1201')
  })

  test('calls its knowledge and uses its types', async () => {
    const main = model('main', [{ name: 'other', namespace: 'fees' }],
      input('who', { type: 'other.tPerson' }),
      decision('a', literal('[other.Say Hello(who), other.Say Hello(who: who)]'), { inputs: ['who'], knowledge: ['hello'] })
        .replace('#hello', 'fees#hello'))

    expect(await output([main, fees], { who: { name: 'Ana' } })).toBe('["Hello Ana","Hello Ana"]')
    expect(await output([main, fees], { who: { name: 7 } })).toBe('[null,null]')
  })

  test('and this one a third', async () => {
    const middle = model('middle', [{ name: 'f', namespace: 'fees' }],
      decision('twice', literal('f.Yearly fee * 2'), { decisions: ['yearly'] }).replace('#yearly', 'fees#yearly'))
    const main = model('main', [{ name: 'm', namespace: 'middle' }],
      decision('a', literal('m.twice'), { decisions: ['twice'] }).replace('#twice', 'middle#twice'))

    expect(await output([main, middle, fees], { base: 1 })).toBe('24')
  })
})

describe('a model that imports another without a name', () => {
  const requiring = (other: string) => decision('a', literal(other), { decisions: [other] })

  test('has its elements for its own, also those it got the same way', async () => {
    const second = model('second', [{ namespace: 'third' }])
    const third = model('third', [], decision('b', literal('"third"')))

    expect(await output([model('first', [{ namespace: 'second' }], requiring('b')), second, third])).toBe('"third"')
    expect(await output([model('first', [{ namespace: 'second' }]), model('second', [], decision('a', literal('1')))])).toBe('1')
  })

  test('puts its own elements in the place of those with the same name', async () => {
    const main = model('first', [{ namespace: 'second' }], requiring('b'), decision('c', literal('"own"')))
    const second = model('second', [], decision('b', literal('c'), { decisions: ['c'] }), decision('c', literal('"imported"')))

    expect(await output([main, second])).toBe('"own"')
    expect(await output([main, second.replace('href="#c"', 'href="second#c"')])).toBe('"own"')
  })

  test('takes the first of two imported elements with one name', async () => {
    const main = model('first', [{ namespace: 'second' }, { namespace: 'third' }], requiring('b'))
    const [second, third] = ['second', 'third'].map((each) => model(each, [], decision('b', literal(`"${each}"`)))) as [string, string]

    expect(await output([main, third, second])).toBe('"second"')
  })

  test('may be imported by it as well', async () => {
    const main = model('first', [{ namespace: 'second' }], requiring('b'))

    expect(await output([main, model('second', [{ namespace: 'first' }], decision('b', literal('2')))])).toBe('2')
  })
})

test('an import that is not found is told, and what requires it is null', async () => {
  const main = model('main', [{ name: 'other', namespace: 'nowhere' }],
    decision('a', literal('other.b'), { decisions: ['b'] }).replace('#b', 'nowhere#b'))

  const { faults } = await readDmn(main, { dialect: 'dmn', importing: async () => undefined })

  expect(faults[0]).toBe("Expected a model with the namespace 'nowhere' to import, but found none")
  expect(await output([main])).toBe('null')
})

test('as Zeebe has it, nothing is imported, and requiring another model is refused', async () => {
  const main = model('main', [{ name: 'other', namespace: 'fees' }],
    decision('a', literal('1'), { decisions: ['b'] }).replace('#b', 'fees#b'))

  const { drg, faults } = await readDmn(main)

  expect(drg).toBeUndefined()
  expect(faults).toEqual([expect.stringMatching(/Unable to find a model element instance for id b, for no model with the namespace 'fees' is imported$/)])
})
