import { readPast } from '../../server/engine/state/historyBody.ts'
import type { Ledger, Try } from './ledger.ts'

/** A row of the history, as the database has it in the end. */
export interface FinishedRow {
  readonly instanceKey: string
  readonly processId: string
  readonly outcome: string
  readonly body: string
}

interface Finished {
  readonly instanceKey: string
  readonly processId: string
  readonly outcome: string
  /** JSON text by name. */
  readonly variables: ReadonlyMap<string, string>
  /** How often each element was passed. */
  readonly passed: ReadonlyMap<string, number>
}

/** Every element on the way of a request, by process: each of them is passed once. */
const wayOf: Readonly<Record<string, readonly string[]>> = {
  'municipal-request': ['filed', 'check', 'isComplete', 'decide', 'deliver', 'done'],
  'supplemented-request': ['filed', 'pause', 'supplement', 'wait', 'reminder', 'reminded', 'term', 'archive', 'done'],
}

/**
 * Compares what clients saw with what is in the database when nothing runs any more, and says in sentences what does not fit.
 * @param jobMs how long a job belongs to the worker it was given to
 */
export function checkLedger(ledger: Ledger, rows: readonly FinishedRow[], jobMs: number): string[] {
  const finished = new Map(rows.map((row) => [row.instanceKey, toFinished(row)]))
  const all = [...finished.values()]
  const twice = rows.length - finished.size
  return [
    ...(twice > 0 ? [`${twice} instances are in the history twice`] : []),
    ...lostInstances(ledger, finished),
    ...all.flatMap(brokenPast),
    ...startedTwice(ledger, all.filter(({ processId }) => processId === 'municipal-request')),
    ...wrongMessages(ledger, all.filter(({ processId }) => processId === 'supplemented-request')),
    ...wrongCompletions(ledger, finished),
    ...givenTwice(ledger, jobMs),
  ]
}

function toFinished({ instanceKey, processId, outcome, body }: FinishedRow): Finished {
  const { entries, variables } = readPast(body)
  const passed = new Map<string, number>()
  for (const [ref] of entries) passed.set(ref, (passed.get(ref) ?? 0) + 1)
  return { instanceKey, processId, outcome, variables, passed }
}

function lostInstances({ created }: Ledger, finished: ReadonlyMap<string, Finished>): string[] {
  return [...created].flatMap(([key, attempt]) => {
    const found = finished.get(key)
    if (!found) return [`instance ${key} was acknowledged, but is not there`]
    const kept = found.variables.get('attempt')
    return kept === String(attempt) ? [] : [`instance ${key} was acknowledged to attempt ${attempt}, but is that of ${kept}`]
  })
}

function brokenPast({ instanceKey, processId, outcome, passed }: Finished): string[] {
  const way = wayOf[processId]
  if (!way) return [`instance ${instanceKey} is of ${processId}, which nobody started`]
  if (outcome !== 'completed') return [`instance ${instanceKey} is ${outcome}`]
  return way.filter((step) => passed.get(step) !== 1)
    .map((step) => `instance ${instanceKey} passed ${step} ${passed.get(step) ?? 0} times`)
}

function startedTwice({ attempts }: Ledger, finished: readonly Finished[]): string[] {
  const seen = new Set<number>()
  return finished.flatMap(({ instanceKey, variables }) => {
    const attempt = Number(variables.get('attempt'))
    const fate = attempts.get(attempt)
    if (fate === undefined) return [`instance ${instanceKey} is of attempt ${attempt}, which nobody made`]
    if (fate === 'refused') return [`attempt ${attempt} was refused, but instance ${instanceKey} is there`]
    if (seen.has(attempt)) return [`attempt ${attempt} started more than one instance, ${instanceKey} among them`]
    seen.add(attempt)
    return []
  })
}

function wrongMessages({ messages }: Ledger, finished: readonly Finished[]): string[] {
  const byCase = new Map<string, Finished>()
  const findings: string[] = []
  for (const each of finished) {
    const caseId = JSON.parse(each.variables.get('caseId') ?? 'null') as string
    if (byCase.has(caseId)) findings.push(`the message of ${caseId} started more than one instance, ${each.instanceKey} among them`)
    byCase.set(caseId, each)
  }
  for (const [messageId, { caseId, variable, tries }] of messages) {
    findings.push(...wrongEffect(`message ${messageId}`, tries, byCase.get(caseId)?.variables.get(variable)))
  }
  const known = new Set([...messages.values()].map((each) => each.caseId))
  for (const [caseId, { instanceKey }] of byCase) {
    if (!known.has(caseId)) findings.push(`instance ${instanceKey} is of ${caseId}, of which nobody sent a message`)
  }
  return findings
}

function wrongCompletions({ completions }: Ledger, finished: ReadonlyMap<string, Finished>): string[] {
  return [...completions].flatMap(([jobKey, sent]) => {
    const { instanceKey, variable } = sent[0]!
    const foreign = sent.filter((each) => each.instanceKey !== instanceKey)
      .map((each) => `job ${jobKey} was given as one of instance ${instanceKey} and of ${each.instanceKey}`)
    return [...foreign, ...wrongEffect(`the completion of job ${jobKey}`, sent, finished.get(instanceKey)?.variables.get(variable))]
  })
}

/** A command has to take effect once: by the try that was acknowledged, else by one whose answer was lost. `kept` is JSON text. */
function wrongEffect(what: string, sent: readonly Try[], kept: string | undefined): string[] {
  const acknowledged = sent.filter((each) => each.fate === 'acknowledged')
  if (acknowledged.length > 1) return [`${what} was acknowledged ${acknowledged.length} times`]
  const effective = sent.find(({ token }) => kept === JSON.stringify(token))
  if (!effective) return [`${what} is by nobody who sent it, but by ${kept}`]
  if (effective.fate === 'refused') return [`${what} was refused to ${effective.token}, but is there`]
  const [only] = acknowledged
  return !only || only === effective ? [] : [`${what} was acknowledged to ${only.token}, but is by ${effective.token}`]
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
