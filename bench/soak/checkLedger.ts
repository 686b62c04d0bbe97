import { readPast } from '../../server/engine/state/historyBody.ts'
import type { Ledger } from './ledger.ts'

/** A row of the history, as the database has it in the end. */
export interface FinishedRow {
  readonly instanceKey: string
  readonly outcome: string
  readonly body: string
}

interface Finished {
  readonly instanceKey: string
  readonly outcome: string
  readonly variables: ReadonlyMap<string, string>
  /** How often each element was passed. */
  readonly passed: ReadonlyMap<string, number>
}

const steps = ['check', 'decide', 'deliver']

/**
 * Compares what clients saw with what is in the database when nothing runs any more, and says in sentences what does not fit.
 * @param jobMs how long a job belongs to the worker it was given to
 */
export function checkLedger(ledger: Ledger, rows: readonly FinishedRow[], jobMs: number): string[] {
  const finished = new Map(rows.map((row) => [row.instanceKey, toFinished(row)]))
  const twice = rows.length - finished.size
  return [
    ...(twice > 0 ? [`${twice} instances are in the history twice`] : []),
    ...lostInstances(ledger, finished),
    ...[...finished.values()].flatMap(brokenPast),
    ...startedTwice(ledger, [...finished.values()]),
    ...wrongCompletions(ledger, finished),
    ...givenTwice(ledger, jobMs),
  ]
}

function toFinished({ instanceKey, outcome, body }: FinishedRow): Finished {
  const { entries, variables } = readPast(body)
  const passed = new Map<string, number>()
  for (const [ref] of entries) passed.set(ref, (passed.get(ref) ?? 0) + 1)
  return { instanceKey, outcome, variables, passed }
}

function lostInstances({ created }: Ledger, finished: ReadonlyMap<string, Finished>): string[] {
  return [...created].flatMap(([key, attempt]) => {
    const found = finished.get(key)
    if (!found) return [`instance ${key} was acknowledged, but is not there`]
    const kept = found.variables.get('attempt')
    return kept === String(attempt) ? [] : [`instance ${key} was acknowledged to attempt ${attempt}, but is that of ${kept}`]
  })
}

function brokenPast({ instanceKey, outcome, passed }: Finished): string[] {
  if (outcome !== 'completed') return [`instance ${instanceKey} is ${outcome}`]
  return steps.filter((step) => passed.get(step) !== 1)
    .map((step) => `instance ${instanceKey} passed ${step} ${passed.get(step) ?? 0} times`)
}

function startedTwice({ attempts }: Ledger, finished: readonly Finished[]): string[] {
  const seen = new Set<number>()
  return finished.flatMap(({ instanceKey, variables }) => {
    const attempt = Number(variables.get('attempt'))
    if (!attempts.has(attempt)) return [`instance ${instanceKey} is of attempt ${attempt}, which nobody made`]
    if (seen.has(attempt)) return [`attempt ${attempt} started more than one instance, ${instanceKey} among them`]
    seen.add(attempt)
    return []
  })
}

function wrongCompletions({ completions }: Ledger, finished: ReadonlyMap<string, Finished>): string[] {
  return [...completions].flatMap(([jobKey, sent]) => {
    const { instanceKey, variable } = sent[0]!
    const kept = finished.get(instanceKey)?.variables.get(variable)
    const acknowledged = sent.filter((each) => each.isAcknowledged)
    if (acknowledged.length > 1) return [`job ${jobKey} was completed ${acknowledged.length} times`]
    const isOfNone = !sent.some(({ token }) => kept === JSON.stringify(token))
    if (isOfNone) return [`job ${jobKey} was completed by nobody who was given it, but by ${kept}`]
    const [only] = acknowledged
    if (!only || kept === JSON.stringify(only.token)) return []
    return [`completion ${only.token} of job ${jobKey} was acknowledged, but ${kept} is there`]
  })
}

// A job's deadline says when it was given away: by the engine's clock, which is that of all processes on this machine.
function givenTwice({ grants }: Ledger, jobMs: number): string[] {
  return [...grants].flatMap(([jobKey, given]) => {
    const inTime = [...given].sort((a, b) => a.deadlineMs - b.deadlineMs)
    return inTime.slice(1).flatMap((later, index) => {
      const earlier = inTime[index]!
      const earlyMs = earlier.deadlineMs - (later.deadlineMs - jobMs)
      return earlyMs > 0 ? [`job ${jobKey} was given to ${later.worker} ${earlyMs} ms before the time of ${earlier.worker} was up`] : []
    })
  })
}
