import { expect, onTestFinished, test } from 'vitest'
import { Admission } from '../../server/engine/admission.ts'
import { MovableClock } from '../../server/base/clock.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import type { Store } from '../../server/engine/store/store.ts'
import { diagram } from './support.ts'

/** An engine whose next commits wait until they are let go. */
async function slowEngine(): Promise<{ engine: Engine; clock: MovableClock; hold(): void; release(): void }> {
  const clock = new MovableClock()
  const kept = memoryStore()
  let release = (): void => undefined
  let released: Promise<void> = Promise.resolve()
  const store: Store = {
    ...kept,
    async commit(changes) {
      await released
      return kept.commit(changes)
    },
  }
  const engine = await startEngine({ store, clock })
  onTestFinished(() => engine.close())
  await engine.deploy([await diagram('service-task')])
  return {
    engine, clock,
    hold: () => void (released = new Promise((resolve) => (release = resolve))),
    release: () => release(),
  }
}

test('when many wait and the first has waited long, new commands are turned away, and nobody who was let in is', async () => {
  const { engine, clock, hold, release } = await slowEngine()
  const start = () => engine.createInstance({ bpmnProcessId: 'service-task' })
  hold()
  const admitted = Array.from({ length: 300 }, start)

  clock.advance(251)
  const turnedAway = start()

  await expect(turnedAway).rejects.toMatchObject({ name: 'Overload' })
  release()
  await expect(Promise.all(admitted)).resolves.toHaveLength(300)
  await expect(start()).resolves.toMatchObject({ bpmnProcessId: 'service-task' })
  expect(engine.facts().unanswered).toBe(0)
})

test('a few commands may wait as long as the store takes', async () => {
  const { engine, clock, hold, release } = await slowEngine()
  const start = () => engine.createInstance({ bpmnProcessId: 'service-task' })
  hold()
  const first = Array.from({ length: 60 }, start)

  clock.advance(10_000)
  const later = start()

  release()
  await expect(Promise.all([...first, later])).resolves.toHaveLength(61)
})

test('it is the oldest that is looked at, whatever the order of the answers', () => {
  const clock = new MovableClock()
  const admission = new Admission(clock)
  const early = Array.from({ length: 200 }, () => admission.enter())
  clock.advance(150)
  const late = Array.from({ length: 200 }, () => admission.enter())

  clock.advance(60)
  const withEarly = admission.isFullFor('begins')
  early.forEach((each) => admission.leave(each))
  const withoutEarly = admission.isFullFor('begins')
  clock.advance(150)
  const lateGrownOld = admission.isFullFor('begins')
  late.forEach((each) => admission.leave(each))

  expect([withEarly, withoutEarly, lateGrownOld, admission.isFullFor('begins')]).toEqual([true, false, true, false])
  expect(admission.unanswered).toBe(0)
})

test('what has waited before it was seen is counted in', () => {
  const admission = new Admission(new MovableClock())
  Array.from({ length: 200 }, () => admission.enter())

  expect([admission.isFullFor('begins', 0), admission.isFullFor('begins', 201)]).toEqual([false, true])
})

test('work under way is still let in when nothing new is, and what the engine owes itself always', () => {
  const clock = new MovableClock()
  const admission = new Admission(clock)
  const full = () => [admission.isFullFor('begins'), admission.isFullFor('goes-on'), admission.isFullFor('owed')]
  Array.from({ length: 200 }, () => admission.enter())
  const atFirst = full()

  clock.advance(250)
  const soon = full()
  clock.advance(200)
  const later = full()

  expect([atFirst, soon, later]).toEqual([[false, false, false], [true, false, false], [true, true, false]])
})

/** Lets in as many as it can, and answers them all after so long. */
function round(admission: Admission, clock: MovableClock, tookMs: number): number {
  const admitted = []
  while (!admission.isFullFor('begins')) admitted.push(admission.enter())
  clock.advance(tookMs)
  for (const each of admitted) admission.leave(each)
  return admitted.length
}

test('on a machine that has become slow fewer may wait, until it is fast again', () => {
  const clock = new MovableClock()
  const admission = new Admission(clock)
  const atFirst = round(admission, clock, 100)

  for (let count = 0; count < 20; count++) round(admission, clock, 900)
  const slow = round(admission, clock, 900)
  for (let count = 0; count < 40; count++) round(admission, clock, 100)
  const fast = round(admission, clock, 100)

  expect(atFirst).toBe(4000)
  expect(slow).toBe(64)
  expect(fast).toBeGreaterThan(10 * slow)
})
