import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { Linter } from 'bpmnlint'
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js'
import { outcomes, statuses } from '../../server/cases/case.ts'
import { compileExpression } from '../../server/rules/feel/index.ts'
import { extensionOf, headersOf, readDiagram } from './diagram.ts'
import type { Element } from './diagram.ts'
import { packages, townsOffering } from './shipped.ts'

const jobTypes = [
  'send-receipt', 'make-act', 'deliver-act', 'set-status', 'close-case',
  'create-pending-account', 'send-activation', 'close-activation', 'delete-pending-account',
]
/** What workers answer the process. */
const answered: Readonly<Record<string, readonly string[]>> = {
  'send-activation': ['activationEndsAt', 'resent'],
  'close-activation': ['confirmed'],
}
const config = { extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-cloud-8-5'], rules: { 'fake-join': 'off' } }

describe.each(packages.map((pack) => [pack.procedure.id, pack] as const))('the diagram of %s', async (id, pack) => {
  const { definitions, process, elements, artifacts, warnings } = await readDiagram(pack.bpmn)
  const ofType = (...types: string[]): Element[] => elements.filter((each) => types.includes(each.$type.replace('bpmn:', '')))

  test('is read without a warning and linted for Zeebe 8.5 without a finding', async () => {
    const linter = new Linter({ config, resolver: new NodeResolver({ require: createRequire(import.meta.url) }) })

    expect(warnings).toEqual([])
    expect(await linter.lint(definitions)).toEqual({})
  })

  test('is named like its folder and starts with the message "start"', () => {
    const [start, ...others] = ofType('StartEvent')

    expect(process.id).toBe(id)
    expect(process.isExecutable).toBe(true)
    expect(others).toEqual([])
    expect(start?.eventDefinitions?.[0]?.messageRef?.name).toBe('start')
  })

  test('asks only for jobs that somebody works on, with good headers', () => {
    for (const task of ofType('ServiceTask')) {
      const type = extensionOf(task, 'TaskDefinition')?.type
      const headers = headersOf(task)

      expect(jobTypes).toContain(type)
      if (type === 'make-act') expect(Object.keys(pack.procedure.letters)).toContain(headers.letter)
      if (type === 'set-status') expect(statuses).toContain(headers.status)
      if (type === 'close-case') expect(outcomes).toContain(headers.outcome)
    }
  })

  test('sends each act only after it was made, and closes the case before each ordinary end', () => {
    const before = (element: Element): Element[] => (element.incoming ?? []).flatMap((flow) => flow.sourceRef ?? [])
    const typeOf = (element: Element): string | undefined => extensionOf(element, 'TaskDefinition')?.type

    const ends = ofType('EndEvent').filter((each) => each.id !== 'late-marked')

    for (const end of ends) expect(before(end).map(typeOf)).toEqual(['close-case'])
    for (const task of ofType('ServiceTask').filter((each) => typeOf(each) === 'deliver-act')) {
      expect(before(task).flatMap(before).map(typeOf)).toEqual(['make-act'])
    }
  })

  test('gives each human step a form of the package and a unit of every town that offers it', () => {
    const towns = townsOffering(pack)

    for (const task of ofType('UserTask')) {
      const group = extensionOf(task, 'AssignmentDefinition')?.candidateGroups

      expect(extensionOf(task, 'UserTask')).toBeUndefined()
      expect(Object.keys(pack.forms)).toContain(extensionOf(task, 'FormDefinition')?.formId)
      for (const town of towns) expect(town.units.map((unit) => unit.id)).toContain(group)
    }
    expect(towns.length).toBeGreaterThan(0)
  })

  test('decides by what procedure.json lets the engine read', () => {
    const given = ['caseId', 'packageVersion', 'dueAt', 'country', 'channel', 'anonymous', 'fee', ...pack.procedure.reads]
    const scripts = ofType('ScriptTask').flatMap((task) => extensionOf(task, 'Script') ?? [])
    const decisions = ofType('BusinessRuleTask').flatMap((task) => extensionOf(task, 'CalledDecision') ?? [])
    const answers = ofType('ServiceTask').flatMap((task) => answered[extensionOf(task, 'TaskDefinition')?.type ?? ''] ?? [])
    const results = [...answers, ...[...scripts, ...decisions].flatMap((each) => each.resultVariable ?? [])]
    const expressions = [
      ...scripts.flatMap((script) => script.expression ?? []),
      ...ofType('SequenceFlow').flatMap((flow) => flow.conditionExpression?.body ?? []),
      ...ofType('BoundaryEvent', 'IntermediateCatchEvent').flatMap((event) => event.eventDefinitions?.[0]?.timeDate?.body ?? []),
    ]

    expect(expressions.length).toBeGreaterThan(1)
    for (const expression of expressions) {
      expect(expression).toMatch(/^=/)
      for (const name of compileExpression(expression.slice(1)).names) expect([...given, ...results]).toContain(name)
    }
  })

  test('is drawn: each element has its place, and no two lie on each other', () => {
    const drawn = definitions.diagrams?.[0]?.plane.planeElement ?? []
    const places = drawn.flatMap(({ bounds, bpmnElement }) =>
      bounds ? [{ id: bpmnElement?.id, boundary: bpmnElement?.$type === 'bpmn:BoundaryEvent', ...edges(bounds) }] : [],
    )

    expect(drawn.map((each) => each.bpmnElement?.id).sort()).toEqual([...elements, ...artifacts].map((each) => each.id).sort())
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top
        if (!one.boundary && !other.boundary) expect(apart, `${one.id} and ${other.id} apart`).toBe(true)
      }
    }
  })
})

function edges({ x, y, width, height }: NonNullable<Element['bounds']>): { left: number; right: number; top: number; bottom: number } {
  return { left: x, right: x + width, top: y, bottom: y + height }
}
