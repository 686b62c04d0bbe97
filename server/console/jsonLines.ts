import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { dialects, FeelSyntaxError, fromPlain, toJson } from '../rules/feel/index.ts'
import type { DialectName } from '../rules/feel/index.ts'

/**
 * Answers each line of `input` with one line of JSON on `output`, in order, until the input ends. Blank lines are passed over.
 * `answer` gives plain or FEEL values, whose decimals are written exactly, and moments and durations as the dialect has them; what it
 * throws is answered as `{"error": …}`, with the `position` from 0, in the expression or the line, where one is known.
 */
export async function answerLines(
  input: Readable, output: Writable, answer: (line: string) => unknown, dialect: DialectName = 'camunda',
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const written = output.write(`${await answered(line, answer, dialect)}\n`)
    if (!written) await once(output, 'drain')
  }
}

async function answered(line: string, answer: (line: string) => unknown, dialect: DialectName): Promise<string> {
  try {
    return toJson(fromPlain(await answer(line)), dialects[dialect])
  } catch (error) {
    const position = error instanceof FeelSyntaxError ? error.position : undefined
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error), position })
  }
}
