import { expect, test } from 'vitest'
import { checkLedger, type FinishedRow } from '../../bench/soak/checkLedger.ts'
import { Ledger } from '../../bench/soak/ledger.ts'

const JOB_MS = 1000

/** A past as the engine writes it: its beginning, its elements, its variables at the end. */
function finished(instanceKey: string, variables: object, steps = ['check', 'decide', 'deliver']): FinishedRow {
  const entries = steps.map((step, at) => [step, String(at), 0, 0, 0])
  return { instanceKey, outcome: 'completed', body: ['[0,0]', JSON.stringify(entries), JSON.stringify(variables)].join('\u0001') }
}

/** One request that went as it should, as its clients saw it. */
function ledgerOfOne(): Ledger {
  const ledger = new Ledger()
  ledger.attempts.add(7)
  ledger.created.set('100', 7)
  ledger.granted('101', { deadlineMs: 5000, worker: 'a' })
  ledger.completing('101', { instanceKey: '100', variable: 'checkedBy', token: 'x', isAcknowledged: true })
  return ledger
}

test('what clients saw and what is there agree', () => {
  expect(checkLedger(ledgerOfOne(), [finished('100', { attempt: 7, checkedBy: 'x' })], JOB_MS)).toEqual([])
})

test('an instance that was acknowledged and is not there is found', () => {
  const findings = checkLedger(ledgerOfOne(), [], JOB_MS)

  expect(findings).toContain('instance 100 was acknowledged, but is not there')
})

test('an attempt that came to be twice, and a step that was passed twice, are found', () => {
  const again = finished('200', { attempt: 7 }, ['check', 'check', 'decide', 'deliver'])

  const findings = checkLedger(ledgerOfOne(), [finished('100', { attempt: 7, checkedBy: 'x' }), again], JOB_MS)

  expect(findings).toEqual(['instance 200 passed check 2 times', 'attempt 7 started more than one instance, 200 among them'])
})

test('an acknowledged completion whose effect is not there is found', () => {
  const ledger = ledgerOfOne()
  ledger.completing('101', { instanceKey: '100', variable: 'checkedBy', token: 'y', isAcknowledged: false })

  expect(checkLedger(ledger, [finished('100', { attempt: 7, checkedBy: 'y' })], JOB_MS))
    .toEqual(['completion x of job 101 was acknowledged, but "y" is there'])
})

test('a job that was given to a second worker before its time is found, one given after it is not', () => {
  const inTime = ledgerOfOne()
  inTime.granted('101', { deadlineMs: 6000, worker: 'b' })
  const early = ledgerOfOne()
  early.granted('101', { deadlineMs: 5900, worker: 'b' })

  const findings = [inTime, early].map((ledger) => checkLedger(ledger, [finished('100', { attempt: 7, checkedBy: 'x' })], JOB_MS))

  expect(findings).toEqual([[], ['job 101 was given to b 100 ms before the time of a was up']])
})
