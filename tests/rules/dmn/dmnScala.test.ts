import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isBoolean, isContext, isList, isNumber, isString } from '../../../server/rules/feel/index.ts'
import type { FeelValue } from '../../../server/rules/feel/index.ts'
import { numberText } from '../../../server/rules/feel/decimals.ts'
import { graphOf, make } from './decide.ts'
import { municipalModels } from './municipalModels.ts'

interface Answer {
  readonly model: string
  readonly context: Record<string, unknown>
  /** A number is {n}, a context {c}, a temporal value {t}. */
  readonly output?: unknown
  readonly failure?: string
  readonly evaluated?: readonly { readonly id: string; readonly rules?: readonly { readonly id: string }[] }[]
}

const { answers } = JSON.parse(readFileSync(new URL('dmnScalaAnswers.json', import.meta.url), 'utf8')) as { answers: Answer[] }
const graphs = new Map(municipalModels.map((each) => [each.id, graphOf(each.xml)]))

test('the reference implementation (DMN-Scala 1.9.0) decides alike: the output, or that it fails, and which rules matched', async () => {
  const alike = await Promise.all(answers.map(async (answer) => ({ name: nameOf(answer), isAlike: await isDecidedAlike(answer) })))

  expect(alike.filter((each) => !each.isAlike).map((each) => each.name)).toEqual([])
})

test('it was asked about all models with all their contexts, sixty of them with a table', () => {
  expect(answers.map(nameOf)).toEqual(municipalModels.flatMap(({ id, contexts }) => contexts.map((context) => nameOf({ model: id, context }))))
  expect(municipalModels.filter((each) => each.xml.includes('<decisionTable')).length).toBeGreaterThanOrEqual(60)
})

function nameOf({ model, context }: Pick<Answer, 'model' | 'context'>): string {
  return `${model} ${JSON.stringify(context)}`
}

async function isDecidedAlike(answer: Answer): Promise<boolean> {
  const { output, failure, evaluated } = make(await graphs.get(answer.model)!, answer.context)
  if (failure || answer.failure !== undefined) return failure !== undefined && answer.failure !== undefined
  const matched = evaluated.map(({ decision, matchedRules }) => [decision.id, matchedRules.map((each) => each.ruleId)])
  // The reference implementation lists the knowledge it called, too, and makes a decision once for each that requires it.
  const made = (answer.evaluated ?? []).filter(({ id }) => evaluated.some(({ decision }) => decision.id === id))
  const theirs = made
    .filter((each, index) => made.findIndex(({ id }) => id === each.id) === index)
    .map(({ id, rules = [] }) => [id, rules.map((each) => each.id)])
  return JSON.stringify([printed(output), matched]) === JSON.stringify([answer.output, theirs])
}

function printed(value: FeelValue): unknown {
  if (value === null || isBoolean(value) || isString(value)) return value
  if (isNumber(value)) return { n: numberText(value) }
  if (isList(value)) return value.map(printed)
  if (!isContext(value)) return { t: String(value) }
  const ordered = [...value].sort(([a], [b]) => (a < b ? -1 : 1))
  return { c: Object.fromEntries(ordered.map(([key, entry]) => [key, printed(entry)])) }
}
