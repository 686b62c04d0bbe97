import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { FeelSyntaxError, fromPlain, toJson } from '../rules/feel/index.ts'

/**
 * Answers each line of `input` with one line of JSON on `output`, in order, until the input ends. Blank lines are passed over.
 * `answer` gives plain or FEEL values, whose decimals are written exactly; what it throws is answered as `{"error": …}`, with the
 * `position` from 0, in the expression or the line, where one is known.
 */
export async function answerLines(input: Readable, output: Writable, answer: (line: string) => unknown): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const written = output.write(`${await answered(line, answer)}\n`)
    if (!written) await once(output, 'drain')
  }
}

async function answered(line: string, answer: (line: string) => unknown): Promise<string> {
  try {
    return toJson(fromPlain(await answer(line)))
  } catch (error) {
    const position = error instanceof FeelSyntaxError ? error.position : undefined
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error), position })
  }
}
