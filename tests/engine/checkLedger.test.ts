import { expect, test } from 'vitest'
import { checkLedger, type FinishedRow } from '../../bench/soak/checkLedger.ts'
import type { Fate } from '../../bench/soak/failover.ts'
import { Ledger } from '../../bench/soak/ledger.ts'

const JOB_MS = 1000

interface Past {
  key?: string
  process?: string
  outcome?: string
  variables?: object
  steps?: string[]
}

const way = ['filed', 'check', 'isComplete', 'decide', 'deliver', 'done']
const messageWay = ['filed', 'pause', 'supplement', 'wait', 'reminder', 'reminded', 'term', 'archive', 'done']

/** A past as the engine writes it: its beginning, its elements, its variables at the end. */
function finished({ key = '100', process = 'municipal-request', outcome = 'completed', variables, steps = way }: Past = {}): FinishedRow {
  const entries = steps.map((step, at) => [step, String(at), 0, 0, 0])
  const body = ['[0,0]', JSON.stringify(entries), JSON.stringify(variables ?? { attempt: 7, checkedBy: 'x' })].join('\u0001')
  return { instanceKey: key, processId: process, outcome, body }
}

function finishedByMessage(variables: object, key = '300', steps = messageWay): FinishedRow {
  return finished({ key, process: 'supplemented-request', variables: { caseId: 'a', ...variables }, steps })
}

/** One request that went as it should, as its clients saw it. */
function ledgerOfOne(): Ledger {
  const ledger = new Ledger()
  ledger.attempts.set(7, 'acknowledged')
  ledger.created.set('100', 7)
  ledger.granted('101', { deadlineMs: 5000, worker: 'a' })
  completed(ledger, 'x', 'acknowledged')
  return ledger
}

function completed(ledger: Ledger, token: string, fate: Fate, instanceKey = '100'): void {
  ledger.completing('101', { instanceKey, variable: 'checkedBy', token, fate })
}

/** One request that began with a message, which was sent as often as there are fates. */
function ledgerOfMessage(...fates: Fate[]): Ledger {
  const ledger = new Ledger()
  const tries = fates.map((fate, at) => ({ token: `t${at}`, fate }))
  ledger.messages.set('filed a', { caseId: 'a', variable: 'filedBy', tries })
  return ledger
}

const check = (ledger: Ledger, ...rows: FinishedRow[]): string[] => checkLedger(ledger, rows, JOB_MS)

test('what clients saw and what is there agree', () => {
  expect(check(ledgerOfOne(), finished())).toEqual([])
  expect(check(ledgerOfMessage('unknown', 'refused'), finishedByMessage({ filedBy: 't0' }))).toEqual([])
  expect(check(ledgerOfMessage('unknown', 'acknowledged', 'refused'), finishedByMessage({ filedBy: 't1' }))).toEqual([])
})

test('an instance that was acknowledged and is not there is found', () => {
  expect(check(ledgerOfOne())).toEqual(['instance 100 was acknowledged, but is not there', 'the completion of job 101 is by nobody who sent it, but by undefined'])
})

test('an instance that was acknowledged to another attempt is found', () => {
  const ledger = ledgerOfOne()
  ledger.attempts.set(8, 'unknown')

  expect(check(ledger, finished({ variables: { attempt: 8, checkedBy: 'x' } }))).toEqual(['instance 100 was acknowledged to attempt 7, but is that of 8'])
})

test('an attempt that came to be twice is found', () => {
  expect(check(ledgerOfOne(), finished(), finished({ key: '200' }))).toEqual(['attempt 7 started more than one instance, 200 among them'])
})

test('an attempt that nobody made, and one that was refused, are found when they are there', () => {
  const ledger = ledgerOfOne()
  ledger.attempts.set(8, 'refused')

  const findings = check(ledger, finished(), finished({ key: '200', variables: { attempt: 8 } }), finished({ key: '300', variables: { attempt: 9 } }))

  expect(findings).toEqual(['attempt 8 was refused, but instance 200 is there', 'instance 300 is of attempt 9, which nobody made'])
})

test('an instance that is in the history twice is found', () => {
  expect(check(ledgerOfOne(), finished(), finished())).toEqual(['1 instances are in the history twice'])
})

test('a step that was passed twice, and one that is missing from the history, are found', () => {
  const steps = ['filed', 'check', 'check', 'isComplete', 'decide', 'done']

  expect(check(ledgerOfOne(), finished({ steps }))).toEqual(['instance 100 passed check 2 times', 'instance 100 passed deliver 0 times'])
})

test('an instance that did not come to its end, and one of a strange process, are found', () => {
  expect(check(ledgerOfOne(), finished({ outcome: 'terminated' }))).toEqual(['instance 100 is terminated'])
  expect(check(ledgerOfOne(), finished({ process: 'another' }))).toEqual(['instance 100 is of another, which nobody started'])
})

test('a timer that fired twice, and one that never did, are found', () => {
  const steps = ['filed', 'pause', 'pause', 'supplement', 'wait', 'term', 'archive', 'done']

  expect(check(ledgerOfMessage('acknowledged'), finishedByMessage({ filedBy: 't0' }, '300', steps))).toEqual([
    'instance 300 passed pause 2 times', 'instance 300 passed reminder 0 times', 'instance 300 passed reminded 0 times',
  ])
})

test('an acknowledged completion whose effect is not there is found', () => {
  const ledger = ledgerOfOne()
  completed(ledger, 'y', 'unknown')

  expect(check(ledger, finished({ variables: { attempt: 7, checkedBy: 'y' } })))
    .toEqual(['the completion of job 101 was acknowledged to x, but is by y'])
})

test('a completion that was acknowledged twice, one that was refused and is there, and one by nobody are found', () => {
  const twice = ledgerOfOne()
  completed(twice, 'y', 'acknowledged')
  const refused = ledgerOfOne()
  completed(refused, 'y', 'refused')

  expect(check(twice, finished())).toEqual(['the completion of job 101 was acknowledged 2 times'])
  expect(check(refused, finished({ variables: { attempt: 7, checkedBy: 'y' } }))).toEqual(['the completion of job 101 was refused to y, but is there'])
  expect(check(ledgerOfOne(), finished({ variables: { attempt: 7 } })))
    .toEqual(['the completion of job 101 is by nobody who sent it, but by undefined'])
})

test('a job that goes by the key of another instance is found', () => {
  const ledger = ledgerOfOne()
  completed(ledger, 'y', 'unknown', '200')

  expect(check(ledger, finished())).toEqual(['job 101 was given as one of instance 100 and of 200'])
})

test('a job that was given to a second worker before its time is found, one given after it is not', () => {
  const inTime = ledgerOfOne()
  inTime.granted('101', { deadlineMs: 6000, worker: 'b' })
  const early = ledgerOfOne()
  early.granted('101', { deadlineMs: 5900, worker: 'b' })

  expect(check(inTime, finished())).toEqual([])
  expect(check(early, finished())).toEqual(['job 101 was given to b 100 ms before the time of a was up'])
})

test('a message that was taken twice under one id, was lost, or was refused and is there is found', () => {
  const there = finishedByMessage({ filedBy: 't0' })

  expect(check(ledgerOfMessage('acknowledged', 'acknowledged'), there)).toEqual(['message filed a was acknowledged 2 times'])
  expect(check(ledgerOfMessage('acknowledged'))).toEqual(['message filed a is by nobody who sent it, but by undefined'])
  expect(check(ledgerOfMessage('unknown', 'acknowledged'), there)).toEqual(['message filed a was acknowledged to t1, but is by t0'])
  expect(check(ledgerOfMessage('refused'), there)).toEqual(['message filed a was refused to t0, but is there'])
})

test('a message that started two instances, and an instance of which nobody sent a message, are found', () => {
  const ledger = ledgerOfMessage('acknowledged')

  expect(check(ledger, finishedByMessage({ filedBy: 't0' }), finishedByMessage({ filedBy: 't0' }, '400')))
    .toEqual(['the message of a started more than one instance, 400 among them'])
  expect(check(ledger, finishedByMessage({ filedBy: 't0' }), finishedByMessage({ caseId: 'b' }, '400')))
    .toEqual(['instance 400 is of b, of which nobody sent a message'])
})
