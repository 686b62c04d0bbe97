import { evaluate } from 'feelin'
import { compileExpression, scopeOf } from '../../server/rules/feel/index.ts'
import { answers, expressions } from './expressions.ts'

interface Row {
  readonly expression: string
  readonly oursMicros: number
  /** feelin as its API is used: it reads the expression each time. */
  readonly feelinMicros: number
  /** feelin with the expression read once: as the body of a function, which it keeps and calls. */
  readonly feelinKeptMicros: number
}

/** Evaluates twenty typical expressions over and over, beside feelin in the same run. */
export async function benchFeel({ seconds = 10 }: { seconds?: number } = {}): Promise<void> {
  const sliceMs = (seconds * 1000) / expressions.length / 3 / ROUNDS
  const rows = expressions.map((expression): Row => {
    const [oursMicros, feelinMicros, feelinKeptMicros] = fastest([ours(expression), feelin(expression), feelinKept(expression)], sliceMs)
    return { expression, oursMicros: oursMicros!, feelinMicros: feelinMicros!, feelinKeptMicros: feelinKeptMicros! }
  })
  for (const row of rows) console.log(line(row.expression, row.oursMicros, row.feelinMicros, row.feelinKeptMicros))
  const times = geometricMean(rows.map((row) => row.feelinMicros / row.oursMicros))
  const timesKept = geometricMean(rows.map((row) => row.feelinKeptMicros / row.oursMicros))
  console.log(`\n${times.toFixed(1)} times as fast as feelin's API, ${timesKept.toFixed(2)} times with its reading kept (geometric means)`)
  console.log(JSON.stringify({ bench: 'feel', times, timesKept, rows }))
}

// The three take turns, and the fastest turn of each counts: what else the machine does slows all alike.
const ROUNDS = 5

function fastest(tasks: readonly (() => unknown)[], sliceMs: number): number[] {
  const best = tasks.map(() => Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    tasks.forEach((task, index) => (best[index] = Math.min(best[index]!, microsPerRun(task, sliceMs))))
  }
  return best
}

function microsPerRun(task: () => unknown, sliceMs: number): number {
  const start = performance.now()
  let runs = 0
  let elapsed = 0
  while (elapsed < sliceMs) {
    for (let each = 0; each < 50; each++) task()
    runs += 50
    elapsed = performance.now() - start
  }
  return (elapsed * 1000) / runs
}

function ours(expression: string): () => unknown {
  const compiled = compileExpression(expression)
  const scope = scopeOf(answers)
  return () => compiled.evaluate(scope)
}

function feelin(expression: string): () => unknown {
  return () => evaluate(expression, answers)
}

function feelinKept(expression: string): () => unknown {
  const names = compileExpression(expression).names.filter((name): name is keyof typeof answers => name in answers)
  const { value } = evaluate(`function(${names.join(', ')}) ${expression}`, answers)
  const kept = value as { invoke(values: readonly unknown[]): unknown }
  const values = names.map((name) => answers[name])
  return () => kept.invoke(values)
}

function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
}

function line(expression: string, oursMicros: number, feelinMicros: number, keptMicros: number): string {
  const times = (micros: number): string => `${micros.toFixed(2)} µs (${(micros / oursMicros).toFixed(1)}×)`
  const ours = `${expression.slice(0, 58).padEnd(60)}${oursMicros.toFixed(2).padStart(7)} µs`
  return `${ours}   feelin ${times(feelinMicros).padEnd(20)} kept ${times(keptMicros)}`
}
