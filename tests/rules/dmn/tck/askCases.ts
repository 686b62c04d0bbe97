import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { readModel } from '../../../../server/console/decide.ts'
import { fromPlain, isContext, parseJson, toJson } from '../../../../server/rules/feel/index.ts'
import type { FeelValue } from '../../../../server/rules/feel/index.ts'
import { isAnswer, objectOf } from './answers.ts'
import { readTestCases } from './testCases.ts'
import type { TestCase } from './testCases.ts'

export type Answer = { readonly value: FeelValue } | { readonly error: string }

/** A test case, where it stands below the folder, and what came of it. */
export interface Asked {
  readonly where: string
  readonly testCase: TestCase
  readonly answer: Answer
  readonly passed: boolean
}

/** Asks every test case below a folder, or only those in files whose path has one of `parts`, of the models they name, in dialect `dmn`. */
export async function* askCases(folder: string, parts: readonly string[] = []): AsyncGenerator<Asked> {
  for (const file of await testFiles(folder, parts)) {
    const models = new Map<string, Model>()
    for (const testCase of readTestCases(await readFile(file, 'utf8')) ?? []) {
      const model = models.get(testCase.model) ?? (await modelAt(join(dirname(file), testCase.model)))
      models.set(testCase.model, model)
      const answer = answerOf(model, testCase)
      yield { where: relative(folder, dirname(file)), testCase, answer, passed: isPassed(answer, testCase) }
    }
  }
}

async function testFiles(folder: string, parts: readonly string[]): Promise<string[]> {
  const files = await readdir(folder, { recursive: true })
  const isWanted = (file: string) => /-test.*\.xml$/.test(basename(file)) && (parts.length === 0 || parts.some((part) => file.includes(part)))
  return files.filter(isWanted).toSorted().map((file) => join(folder, file))
}

/** A model, read once, or why it cannot be read. */
type Model = Awaited<ReturnType<typeof readModel>> | string

async function modelAt(file: string): Promise<Model> {
  return readModel(file, 'dmn').catch((error: Error) => error.message)
}

function answerOf(model: Model, { asked, part, inputs }: TestCase): Answer {
  if (typeof model === 'string') return { error: model }
  try {
    const { output } = model(asked)(objectOf(inputs)) as { output: FeelValue }
    const value = parseJson(toJson(fromPlain(output)))
    return { value: (part !== undefined && isContext(value) ? value.get(part) : value) ?? null }
  } catch (error) {
    return { error: String(error) }
  }
}

function isPassed(answer: Answer, { expected, fails }: TestCase): boolean {
  if (fails && ('error' in answer || answer.value === null)) return true
  return 'value' in answer && expected !== undefined && isAnswer(answer.value, expected)
}
