/**
 * An SMS gateway that sends to nobody: takes messages over real HTTP on loopback, keeps them to be looked at, and reports their arrival
 * to the address that came with each, signed as our hook asks. It misbehaves by the end of the number (`misbehavior`), and the whole
 * gateway can be switched off.
 */
import { v7 as uuidv7 } from 'uuid'
import { systemClock, type Clock } from '../../base/clock.ts'
import { callSignature, signCall } from '../../base/signedCall.ts'
import { smsParts, type SmsParts } from '../../rules/sms/smsParts.ts'

export interface CaughtSms {
  /** The gateway's own. */
  id: string
  /** The sender's. */
  reference: string
  /** ISO instant. */
  receivedAt: string
  from: string
  to: string
  text: string
  encoding: SmsParts['encoding']
  parts: number
  state: 'sent' | 'delivered' | 'failed'
  /** Where its arrival is told; empty: nowhere. */
  report: string
}

/** What the last four digits of a number bring about. Any other number takes its message within a second. */
export const misbehavior: Readonly<Record<string, 'refuse' | 'silent' | 'busy' | 'undelivered' | 'late'>> = {
  '9901': 'refuse', '9902': 'silent', '9903': 'busy', '9904': 'undelivered', '9905': 'late',
}

/** Arrival is told after so long; for a telephone that is switched off for a while, after ten minutes. */
export const reportAfterMs = 1000
export const lateReportAfterMs = 10 * 60_000
// A hook that does not answer is asked again.
const reportPausesMs = [5_000, 30_000, 120_000, 600_000]
/** More than anyone looks at; the oldest go first. */
const mostKept = 500

/** What the gateway answers to one message; undefined: nothing at all. */
export interface Answer {
  status: number
  body: Record<string, unknown>
}

export interface SmsGateway {
  /** One message as it came over the wire. `key`: Idempotency-Key. */
  take(given: { authorization: string; key: string; body: string }): Answer | undefined
  /** What was sent, newest first. */
  messages(): readonly CaughtSms[]
  /** Called for each message that comes; the returned function ends it. */
  onSms(listener: (sms: CaughtSms) => void): () => void
  /** Answers 503 to everything until it is switched on again. */
  setDown(down: boolean): void
  isDown(): boolean
  forget(): void
  /** Resolves when no report is on its way; those whose moment has not come wait on. */
  reported(): Promise<void>
  close(): void
}

export interface GatewayOptions {
  /** The header `Authorization` that it expects. */
  authorization: string
  /** Signs reports. */
  hookSecret: string
  clock?: Clock
}

/** The gateway behind whatever door (`startSmsCatcher` is its HTTP door). */
export function makeSmsGateway({ authorization: expected, hookSecret, clock = systemClock }: GatewayOptions): SmsGateway {
  const kept: CaughtSms[] = []
  /** Answers by idempotency key: the second time nothing new is sent. */
  const answered = new Map<string, { body: string; answer: Answer }>()
  const listeners = new Set<(sms: CaughtSms) => void>()
  const waiting = new Set<() => void>()
  const reporting = new Set<Promise<void>>()
  let down = false

  const later = (ms: number, run: () => Promise<void>): void => {
    const cancel = clock.at(clock.now() + ms, () => {
      waiting.delete(cancel)
      const running = run().finally(() => reporting.delete(running))
      reporting.add(running)
    })
    waiting.add(cancel)
  }

  const report = async (sms: CaughtSms, state: 'delivered' | 'failed', pauses = reportPausesMs): Promise<void> => {
    sms.state = state
    if (!sms.report) return
    const body = JSON.stringify({
      id: uuidv7(), reference: sms.reference, status: state, at: new Date(clock.now()).toISOString(),
      ...(state === 'failed' && { reason: 'absent-subscriber' }),
    })
    const isTaken = await fetch(sms.report, {
      method: 'POST', body,
      headers: { 'content-type': 'application/json', [callSignature]: signCall(hookSecret, { path: new URL(sms.report).pathname, body }, clock.now()) },
      signal: AbortSignal.timeout(10_000),
    }).then((reply) => reply.status < 500, () => false)
    const [pauseMs, ...rest] = pauses
    if (!isTaken && pauseMs !== undefined) later(pauseMs, () => report(sms, state, rest))
  }

  const send = (given: Sent): Answer => {
    const how = misbehavior[given.to.slice(-4)]
    if (how === 'refuse') return { status: 422, body: { error: 'number-not-in-service' } }
    if (how === 'busy') return { status: 503, body: { error: 'too-busy' } }
    const { encoding, parts } = smsParts(given.text)
    const sms: CaughtSms = {
      id: uuidv7(), reference: given.id, receivedAt: new Date(clock.now()).toISOString(), from: given.from, to: given.to, text: given.text,
      encoding, parts, state: 'sent', report: given.report,
    }
    kept.unshift(sms)
    kept.splice(mostKept)
    for (const listener of listeners) listener(sms)
    later(how === 'late' ? lateReportAfterMs : reportAfterMs, () => report(sms, how === 'undelivered' ? 'failed' : 'delivered'))
    return { status: 202, body: { id: sms.id, encoding, parts } }
  }

  return {
    take({ authorization, key, body }) {
      if (down) return { status: 503, body: { error: 'switched-off' } }
      if (authorization !== expected) return { status: 401, body: { error: 'unknown-key' } }
      const known = key && answered.get(key)
      if (known) return known.body === body ? known.answer : { status: 422, body: { error: 'key-used-for-another-message' } }
      const given = readSent(body)
      if (!given) return { status: 400, body: { error: 'not-understood' } }
      if (misbehavior[given.to.slice(-4)] === 'silent') return undefined
      const answer = send(given)
      if (key && answer.status < 500) answered.set(key, { body, answer })
      return answer
    },
    messages: () => kept,
    onSms(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setDown: (wanted) => void (down = wanted),
    isDown: () => down,
    forget: () => void kept.splice(0),
    async reported() {
      while (reporting.size > 0) await Promise.all(reporting)
    },
    close() {
      for (const cancel of waiting) cancel()
    },
  }
}

interface Sent {
  id: string
  from: string
  to: string
  text: string
  report: string
}

function readSent(body: string): Sent | undefined {
  try {
    const { id, from, to, text, report = '' } = JSON.parse(body) as Record<string, unknown>
    const given = { id, from, to, text, report }
    const isWhole = Object.values(given).every((value) => typeof value === 'string') && /^\+\d{8,15}$/.test(String(to)) && text !== ''
    return isWhole ? (given as Sent) : undefined
  } catch {
    // Not JSON: the answer says so.
    return undefined
  }
}
