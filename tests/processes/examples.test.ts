import { describe, expect, test } from 'vitest'
import { writeLetter } from '../../server/cases/letters/writeLetter.ts'
import type { LetterValues } from '../../server/cases/letters/writeLetter.ts'
import { statuses } from '../../server/cases/case.ts'
import { formOf } from '../../server/cases/forms.ts'
import { checkAnswers, keptAnswers } from '../../server/rules/form/index.ts'
import type { ProcedurePackage } from '../../server/zeebe/packages.ts'
import { extensionOf, readDiagram } from './diagram.ts'
import type { Element } from './diagram.ts'
import type { Example, Expected } from './example.ts'
import { runExample } from './runExample.ts'
import { examplesOf, packages, townOf, townsOffering } from './shipped.ts'

const today = '2026-11-24'

const expectedOf = ({ expect: wanted }: Example): Expected | undefined => ('faults' in wanted ? undefined : wanted)

function faultsIn(pack: ProcedurePackage, form: string, example: Example, answers: Record<string, unknown>): string[] {
  const { country } = townOf(example.tenant)
  const variables = { country, anonymous: example.anonymous === true, channel: example.channel }
  const options = { today, country, strictIdentifiers: example.channel === 'portal', variables }
  return checkAnswers(formOf(pack, form), answers, options).flatMap((fault) => (fault.warning ? [] : `${fault.key}:${fault.code}`))
}

function taskAnswers(example: Example): Record<string, unknown> {
  return Object.assign({}, ...example.steps.flatMap((step) => ('complete' in step ? [step.answers] : [])))
}

describe.each(packages.map((pack) => [pack.procedure.id, pack] as const))('the examples of %s', async (id, pack) => {
  const examples = examplesOf(id)
  const { elements } = await readDiagram(pack.bpmn)

  test('are at least eight and show each way a case can end, in each demo town', () => {
    const outcomes = elements.flatMap((each) => (extensionOf(each, 'TaskDefinition')?.type === 'close-case' ? [each.id] : []))
    const walked = examples.flatMap(([, example]) => expectedOf(example)?.path ?? [])

    expect(examples.length).toBeGreaterThanOrEqual(8)
    expect(walked).toEqual(expect.arrayContaining(outcomes))
    expect([...new Set(examples.map(([, example]) => example.tenant))].sort()).toEqual(townsOffering(pack).map((town) => town.id).sort())
  })

  test('walk over every step of the diagram', () => {
    const walked = new Set(examples.flatMap(([, example]) => expectedOf(example)?.path ?? []))
    // What is to be undone is remembered, not walked over: its task is.
    const isRemembered = (each: Element): boolean =>
      each.$type === 'bpmn:BoundaryEvent' && each.eventDefinitions?.[0]?.$type === 'bpmn:CompensateEventDefinition'
    const isStep = (each: Element): boolean => each.$type !== 'bpmn:SequenceFlow' && !isRemembered(each)
    const steps = elements.filter(isStep).map((each) => each.id)

    expect(steps.filter((step) => !walked.has(step))).toEqual([])
  })

  describe.each(examples)('%s', (_file, example) => {
    const town = townOf(example.tenant)

    test('is filed in a town that offers it, by someone who may', () => {
      expect(pack.procedure.countries).toContain(town.country)
      expect(pack.procedure.authorities).toContain(town.authority)
      expect(town.languages).toContain(example.language)
      expect(example.anonymous === true).toBe(example.applicant === undefined)
      if (example.anonymous) expect(pack.procedure.assurance).toBe('anonymous')
      else expect(town.people.find((person) => person.username === example.applicant)?.roles).toEqual(['citizen'])
    })

    test('has the faults it should have, and no answer nobody asked for', () => {
      const expected = 'faults' in example.expect ? example.expect.faults : []
      const variables = { country: town.country, anonymous: example.anonymous === true }

      expect(faultsIn(pack, pack.procedure.startForm, example, example.answers)).toEqual(expected)
      expect(keptAnswers(formOf(pack, pack.procedure.startForm), example.answers, variables)).toEqual(example.answers)
    })

    test('is worked on by people of the right unit with good answers', () => {
      for (const step of example.steps) {
        if (!('complete' in step)) continue
        const task = elements.find((each) => each.id === step.complete)
        if (!task) throw new Error(`Expected a step ${step.complete} in the diagram but there is none`)

        const units = town.people.find((person) => person.username === step.by)?.units
        expect(units).toContain(extensionOf(task, 'AssignmentDefinition')?.candidateGroups)
        expect(faultsIn(pack, extensionOf(task, 'FormDefinition')?.formId ?? '', example, step.answers)).toEqual([])
      }
    })
  })

  const going = examples.flatMap(([file, example]) => ('faults' in example.expect ? [] : [[file, example, example.expect] as const]))
  test.each(going)('%s expects words of the vocabulary and steps of the diagram', (_file, _example, { status, outcome, path, letters }) => {
    expect(statuses).toContain(status)
    expect(Object.keys(pack.texts.sr.outcomes ?? {})).toContain(outcome)
    expect(elements.map((each) => each.id)).toEqual(expect.arrayContaining(path))
    expect(Object.keys(pack.procedure.letters)).toEqual(expect.arrayContaining(letters))
  })

  test.each(going)('%s runs through the engine as expected', async (_file, example, expected) => {
    const run = await runExample(pack, example)

    expect(run).toEqual({ ...expected, ended: true, incidents: [] })
  })

  const lettered = going.filter(([, , { letters }]) => letters.length > 0)
  test.each(lettered)('%s yields letters without a gap, in every language of the town', (_file, example, { letters }) => {
    const town = townOf(example.tenant)
    for (const letter of letters) {
      for (const language of town.languages) {
        const text = JSON.stringify(writeLetter(pack, letter, { tenant: town, language, values: valuesOf(example) }))

        expect(text).not.toMatch(/null|undefined|\{\{|letters\./)
        expect(text).not.toMatch(/[:„] ?["“”]}|""/)
        expect(text.length).toBeGreaterThan(300)
      }
    }
  })
})

function valuesOf(example: Example): LetterValues {
  const town = townOf(example.tenant)
  const person = town.people.find((each) => each.username === example.applicant)
  return {
    case: { number: 'IV-201-1187/2026', filedOn: today, year: 2026, language: example.language },
    answers: example.answers,
    task: taskAnswers(example),
    applicant: { name: `${person?.givenName ?? ''} ${person?.familyName ?? ''}`.trim(), address: person?.address ?? '', email: person?.email ?? '' },
    town: { name: town.names.sr, officialName: town.names.sr, place: town.placeNames.sr },
    unit: { name: town.units[0]?.names.sr ?? '' },
    act: { number: 'IV-201-1187/2026/1', date: today, verifyUrl: 'https://salter.example/sombor/verify/ABC', code: 'ABC' },
    signatory: { name: 'Ана Ковач' },
    feeMinor: expectedOf(example)?.feeMinor ?? null,
    currency: 'RSD',
  }
}
