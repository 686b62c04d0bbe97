import { describe, expect, test } from 'vitest'
import { DmnModdle } from 'dmn-moddle'
import { readDmn } from '../../server/rules/dmn/index.ts'
import { ruleOn } from '../../server/zeebe/municipality.ts'
import { extensionOf, readDiagram } from './diagram.ts'
import type { Element } from './diagram.ts'
import { countries, packages } from './shipped.ts'

const today = '2026-11-24'
// What every request knows besides its answers.
const given = ['country', 'channel', 'anonymous', 'fee']

const files = packages.flatMap((pack) =>
  Object.entries(pack.decisions).map(([file, xml]) => [`${pack.procedure.id}/decisions/${file}`, xml, pack] as const))

/** A decision or an input of a model. */
interface DrgElement extends Element {
  readonly informationRequirement?: readonly { readonly id: string }[]
}

describe.each(files)('the decisions in %s', async (_file, xml, pack) => {
  const { rootElement, warnings } = await new DmnModdle().fromXML(xml)
  const { drgElement: elements = [], dmnDI } = rootElement as unknown as {
    drgElement?: readonly DrgElement[]
    dmnDI?: { diagrams: readonly { diagramElements: readonly { dmnElementRef: Element }[] }[] }
  }

  test('are read without a warning, and can be made as Zeebe and as the standard make them', async () => {
    expect(warnings).toEqual([])
    expect((await readDmn(xml, { dialect: 'camunda' })).faults).toEqual([])
    expect((await readDmn(xml, { dialect: 'dmn' })).faults).toEqual([])
  })

  test('decide by what procedure.json lets the engine read', async () => {
    const { drg } = await readDmn(xml)
    const inputs = drg?.decisions.flatMap(({ requires }) => requires.inputs.map(({ name }) => name)) ?? []

    for (const name of inputs) expect([...given, ...pack.procedure.reads]).toContain(name)
  })

  test('are drawn: each decision, each input and each line between them has its place', () => {
    const wanted = elements.flatMap((each) => [each.id, ...(each.informationRequirement ?? []).map(({ id }) => id)])
    const drawn = dmnDI?.diagrams.flatMap(({ diagramElements }) => diagramElements.map(({ dmnElementRef }) => dmnElementRef.id)) ?? []

    expect(drawn.sort()).toEqual(wanted.sort())
  })

  test('hold no sum of the law: those are in _countries', () => {
    const sums = Object.values(countries).flatMap(({ fees }) => Object.values(ruleOn(fees[pack.procedure.fee ?? ''], today)?.amounts ?? {}))
    const written = [...xml.matchAll(/<text>([^<]*)<\/text>/g)].flatMap(([, text]) => text?.match(/\d+/g) ?? []).map(Number)

    expect(written.filter((number) => number > 1 && sums.includes(number))).toEqual([])
  })
})

const procedures = packages.map((pack) => [pack.procedure.id, pack] as const)

test.each(procedures)('what %s foretells as its fee is what its diagram charges', async (_id, pack) => {
  const { elements } = await readDiagram(pack.bpmn)

  const called = elements.flatMap((each) => extensionOf(each, 'CalledDecision') ?? [])

  const charged = called.filter(({ resultVariable }) => resultVariable === 'feeMinor').map(({ decisionId }) => decisionId)
  expect(charged).toEqual(pack.procedure.fee === null ? [] : [pack.procedure.feeDecision])
})
