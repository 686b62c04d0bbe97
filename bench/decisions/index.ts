/** How long a decision table of a thousand rules with five inputs takes, and whether that is under a millisecond. */
import { decisionOf, evaluateDecision, readDmn } from '../../server/rules/dmn/index.ts'
import { scopeOf } from '../../server/rules/feel/index.ts'
import { thousandRules, type Kind } from './thousandRules.ts'

const ALLOWED_MS = 1
const WARM_UP_ROUNDS = 200

interface Measured {
  table: Kind
  readMs: number
  medianMs: number
  slowestMs: number
}

export async function benchDecisions({ seconds = 3 }: { seconds?: number }): Promise<void> {
  const kinds: Kind[] = ['texts', 'ranges', 'all different']
  const measured: Measured[] = []
  for (const kind of kinds) measured.push(await measure(kind, seconds / kinds.length))
  console.table(measured.map((each) => ({ ...each, isFastEnough: each.medianMs < ALLOWED_MS })))
  console.log(JSON.stringify({ rules: 1000, inputs: 5, allowedMs: ALLOWED_MS, measured }))
}

async function measure(table: Kind, seconds: number): Promise<Measured> {
  const begun = performance.now()
  const { xml, contexts } = thousandRules(table)
  const { drg, faults } = await readDmn(xml)
  const decision = drg && decisionOf(drg, 'competent-body')
  if (!drg || !decision) throw new Error(faults.join('\n'))
  const readMs = performance.now() - begun
  const round = (index: number): void => {
    const { output } = evaluateDecision(drg, decision, scopeOf(contexts[index % contexts.length] ?? {}))
    if (output === null) throw new Error('Expected a rule for every context, but found none')
  }
  for (let index = 0; index < WARM_UP_ROUNDS; index++) round(index)
  const tookMs: number[] = []
  for (const untilMs = performance.now() + seconds * 1000; performance.now() < untilMs;) {
    const before = performance.now()
    round(tookMs.length)
    tookMs.push(performance.now() - before)
  }
  tookMs.sort((a, b) => a - b)
  return { table, readMs: rounded(readMs), medianMs: rounded(tookMs[tookMs.length >> 1] ?? 0), slowestMs: rounded(tookMs.at(-1) ?? 0) }
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
