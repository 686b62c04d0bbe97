/** What a copy for practice is filled with: invented people of a country, and the examples that ship with the procedures. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readMunicipalities } from './municipality.ts'
import { parseAs } from './packages.ts'

const Json: z.ZodType<null | boolean | number | string | unknown[] | Record<string, unknown>> = z.json()
const Answers = z.record(z.string(), Json)

/** _countries/<country>/practice.json: nobody in it lives. */
const MadeUpPeople = z.strictObject({
  women: z.array(z.string()).min(8),
  men: z.array(z.string()).min(8),
  /** As a woman and as a man of the family write it. */
  families: z.array(z.strictObject({ woman: z.string(), man: z.string() })).min(8),
  streets: z.array(z.string()).min(4),
  /** What people ask, and what is answered, in the official language. */
  petitions: z.array(z.strictObject({ kind: z.string(), subject: z.string(), text: z.string(), answer: z.string(), ground: z.string() })).min(3),
})
export type MadeUpPeople = z.infer<typeof MadeUpPeople>

const Example = z.looseObject({
  tenant: z.string(),
  language: z.string(),
  anonymous: z.boolean().default(false),
  answers: Answers,
  steps: z.array(z.looseObject({ complete: z.string().optional(), answers: Answers.default({}) })).default([]),
  expect: z.looseObject({ status: z.string().optional() }),
})

/** A request that goes through with clerks alone. */
export interface PracticeExample {
  procedure: string
  anonymous: boolean
  answers: Record<string, unknown>
  /** Element id of each human step, and what the clerk answers. */
  steps: readonly { elementId: string; answers: Record<string, unknown> }[]
}

export interface Practice extends MadeUpPeople {
  examples: readonly PracticeExample[]
}

/** Reads what a copy in this country is filled with. Bosnia has no demo town: there Serbia's examples serve, in the same forms. */
export async function readPractice(processesDir: string, country: string): Promise<Practice> {
  const file = join(processesDir, '_countries', country, 'practice.json')
  const people = parseAs(MadeUpPeople, await readFile(file, 'utf8'), file)
  const towns = new Map((await readMunicipalities(processesDir)).map((town) => [town.id, town.country]))
  const examples = await readExamples(processesDir)
  const wanted = country === 'ba' && ![...towns.values()].includes('ba') ? 'rs' : country
  return { ...people, examples: examples.filter(({ tenant }) => towns.get(tenant) === wanted).map(({ example }) => example) }
}

async function readExamples(processesDir: string): Promise<{ tenant: string; example: PracticeExample }[]> {
  const found: { tenant: string; example: PracticeExample }[] = []
  for (const procedure of (await readdir(processesDir)).filter((name) => !/^_|\./.test(name)).sort()) {
    const folder = join(processesDir, procedure, 'examples')
    for (const name of (await readdir(folder)).sort()) {
      const { tenant, anonymous, answers, steps, expect } = parseAs(Example, await readFile(join(folder, name), 'utf8'), join(folder, name))
      const needsFile = Object.values(answers).some((answer) => Array.isArray(answer) && answer.length > 0)
      const done = steps.flatMap(({ complete, answers: given }) => (complete ? [{ elementId: complete, answers: given }] : []))
      if (!expect.status || needsFile || done.length < steps.length) continue
      found.push({ tenant, example: { procedure, anonymous, answers, steps: done } })
    }
  }
  return found
}
