import { expect, test } from 'vitest'
import { MovableClock } from '../../../server/base/clock.ts'
import { startEngine } from '../../../server/engine/engine.ts'
import { memoryStore } from '../../../server/engine/store/memoryStore.ts'
import { DAY_MS, diagram, takeJobs, takeOne, trial, variablesOf } from '../support.ts'

test('everything that was done is undone at once, and the process goes on when all of it is', async () => {
  const { start, complete, ready } = await trial('compensation')
  await start('compensation')
  for (const type of ['book', 'pay', 'work']) await complete(type)

  await complete('cancel')
  const early = await ready('after')
  await complete('refund')

  expect(early).toEqual([])
  expect(await ready('cancel', 'refund', 'after')).toEqual(['after'])
})

test('what was undone is not undone again', async () => {
  const { start, complete, left } = await trial('compensation')
  await start('compensation')

  for (const type of ['book', 'pay', 'work', 'cancel', 'refund', 'after']) await complete(type)

  expect(left().slice(-4)).toEqual(['after completed', 'undoAgain completed', 'end completed', 'compensation completed'])
})

test('a handler maps variables like any other activity', async () => {
  const { engine, start, complete, take } = await trial('compensation')
  await start('compensation', { caseId: 'a' })
  for (const type of ['book', 'pay', 'work', 'refund']) await complete(type)

  const cancel = await take('cancel')
  await engine.completeJob({ jobKey: cancel.key, variables: '{"receipt":7,"noise":1}' })

  expect(variablesOf(cancel)).toEqual({ caseId: 'a', mine: 'own' })
  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', canceled: 7 })
})

test('activities are undone one after another when they are named', async () => {
  const { start, complete, ready, left } = await trial('compensation-of-one')
  await start('compensation-of-one')
  for (const type of ['book', 'pay']) await complete(type)

  const early = await ready('cancel')
  await complete('refund')
  await complete('cancel')

  expect(early).toEqual([])
  expect(left().slice(-6)).toEqual([
    'refund completed', 'undoPay completed', 'cancel completed', 'undoBook completed', 'undoRest completed', 'compensation-of-one completed',
  ])
})

test('what is still under way is not undone', async () => {
  const { start, complete, ready } = await trial('compensation-active')
  await start('compensation-active')

  await complete('work')

  expect(await ready('cancel', 'after')).toEqual(['after'])
})

test('what was done in a sub-process is undone with it, and sees the variables it had', async () => {
  const { start, take, complete, ready } = await trial('compensation-sub-process')
  await start('compensation-sub-process', { caseId: 'a' })
  for (const type of ['book', 'rent']) await complete(type)
  await complete('work', { caseId: 'b' })

  const [cancel, back, write] = [await take('cancel'), await take('return'), await take('write')]

  expect(variablesOf(cancel)).toEqual({ traveler: 'Ana', caseId: 'b' })
  expect(variablesOf(back)).toEqual({ traveler: 'Ana', car: 'van', caseId: 'b' })
  expect(variablesOf(write)).toEqual({ caseId: 'b' })
  expect(await ready('after')).toEqual([])
})

test('a sub-process that undoes is done when its last element is', async () => {
  const { start, complete, ready } = await trial('compensation-sub-process')
  await start('compensation-sub-process')

  for (const type of ['book', 'rent', 'work', 'cancel', 'return', 'write']) await complete(type)
  const early = await ready('after')
  await complete('send')

  expect(early).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('what a sub-process was done for many times is undone for each, an activity only once for all', async () => {
  const { engine, start, ready } = await trial('compensation-multi-instance')
  await start('compensation-multi-instance', { guests: ['Ana', 'Boris'] })
  const each = async (type: string): Promise<unknown[]> => {
    const jobs = await takeJobs(engine, type)
    for (const { key } of jobs) await engine.completeJob({ jobKey: key })
    return jobs.map((job) => (variablesOf(job) as { guest: string }).guest)
  }
  for (const type of ['book', 'invite']) await each(type)

  const undone = [await each('cancel'), await each('apologize'), await each('apologize'), await each('apologize')]

  expect(undone).toEqual([['Ana', 'Boris'], ['Ana'], ['Boris'], []])
  expect(await ready('after')).toEqual(['after'])
})

test('inside a sub-process only what was done there is undone', async () => {
  const { start, complete, ready } = await trial('compensation-inside')
  await start('compensation-inside')
  for (const type of ['book', 'rent']) await complete(type)

  const outside = await ready('cancel')
  await complete('return')

  expect(outside).toEqual([])
  expect(await ready('inside')).toEqual(['inside'])
})

test('a sub-process that is ended takes along what undoes its work', async () => {
  const { engine, start, complete, take, advance, ready, left } = await trial('compensation-inside')
  await start('compensation-inside')
  for (const type of ['book', 'rent']) await complete(type)
  const undoing = await take('return')

  await advance(DAY_MS)

  await expect(engine.completeJob({ jobKey: undoing.key })).rejects.toMatchObject({ kind: 'not-found' })
  expect(await ready('inside', 'after')).toEqual(['after'])
  expect(left().slice(-4)).toEqual(['return terminated', 'undo terminated', 'trip terminated', 'late completed'])
})

test('what was done in a sub-process that was ended is not undone', async () => {
  const { engine, start, complete, take, left } = await trial('compensation-terminated')
  await start('compensation-terminated')
  for (const type of ['book', 'rent']) await complete(type)

  await engine.throwError({ jobKey: (await take('travel')).key, errorCode: 'no' })
  await complete('cancel')

  expect(left().slice(-3)).toEqual(['cancel completed', 'undo completed', 'compensation-terminated completed'])
})

test('an event sub-process undoes what was done around it, and its own work when it names it', async () => {
  const { engine, start, complete, take, ready } = await trial('compensation-event-sub-process')
  await start('compensation-event-sub-process')
  await complete('book')
  await engine.throwError({ jobKey: (await take('work')).key, errorCode: 'no' })
  await complete('note')

  const own = await ready('forget')
  await complete('cancel')
  await complete('forget')

  expect(own).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('an event that is interrupted takes along what undoes for it, wherever that is', async () => {
  const { engine, start, complete, take, advance, ready } = await trial('compensation-interrupted')
  await start('compensation-interrupted', { caseId: 'a' })
  await complete('book')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })
  const undoing = await take('cancel')

  await advance(DAY_MS)

  await expect(engine.completeJob({ jobKey: undoing.key })).rejects.toMatchObject({ kind: 'not-found' })
  expect(await ready('after', 'close', 'work')).toEqual(['close', 'work'])
})

test('a process that was called is undone by the handler of the call, never inside', async () => {
  const { engine, start, complete, ready, left } = await trial('compensation-called', 'called-process', 'compensation-call-activity')
  await start('compensation-call-activity')
  await engine.idle()
  await complete('inner')
  await engine.idle()

  await complete('inner')

  expect(await ready('undoInner')).toEqual([])
  expect(left().slice(-4)).toEqual(['called-process completed', 'undoCall completed', 'undo completed', 'compensation-call-activity completed'])
})

test('an activity done a thousand times is undone a thousand times, and its instance stays small', async () => {
  const store = memoryStore()
  const engine = await startEngine({ store, clock: new MovableClock() })
  await engine.deploy([await diagram('compensation-loop')])
  await engine.createInstance({ bpmnProcessId: 'compensation-loop', variables: '{"n":0}' })
  const bytes = store.rows('instances')[0]!.body.length

  await engine.completeJob({ jobKey: (await takeOne(engine, 'work')).key })
  const jobs = await takeJobs(engine, 'revoke', 2000)
  await Promise.all(jobs.map(({ key }) => engine.completeJob({ jobKey: key })))
  const after = await takeJobs(engine, 'after')
  await engine.close()

  expect(bytes).toBeLessThan(10_000)
  expect(jobs).toHaveLength(1000)
  expect(after).toHaveLength(1)
})

test('an engine that stops before and during it goes on undoing', async () => {
  const store = memoryStore()
  const clock = new MovableClock()
  const complete = async (...types: string[]): Promise<void> => {
    const engine = await startEngine({ store, clock })
    for (const type of types) await engine.completeJob({ jobKey: (await takeOne(engine, type)).key })
    await engine.close()
  }
  const engine = await startEngine({ store, clock })
  await engine.deploy([await diagram('compensation-sub-process')])
  await engine.createInstance({ bpmnProcessId: 'compensation-sub-process' })
  await engine.close()

  await complete('book', 'rent')
  await complete('work', 'cancel')
  await complete('return', 'write', 'send')

  await expect(complete('after')).resolves.toBeUndefined()
})

test('a handler that fails is an incident like any other, and can be mended', async () => {
  const { engine, start, complete, take, incidents, ready } = await trial('compensation')
  await start('compensation')
  for (const type of ['book', 'pay', 'work', 'refund']) await complete(type)
  const { key: jobKey } = await take('cancel')

  await engine.failJob({ jobKey, retries: 0 })
  await engine.updateJobRetries({ jobKey, retries: 1 })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await complete('cancel')

  expect(incidents()).toMatchObject([{ type: 'JOB_NO_RETRIES', elementId: 'cancel' }])
  expect(await ready('after')).toEqual(['after'])
})

test('a canceled instance takes what undoes along', async () => {
  const { engine, start, complete, left } = await trial('compensation')
  const processInstanceKey = await start('compensation')
  for (const type of ['book', 'pay', 'work', 'refund']) await complete(type)

  await engine.cancelInstance({ processInstanceKey })

  expect(left().slice(-3)).toEqual(['cancel terminated', 'undo terminated', 'compensation terminated'])
})

test.each([
  ['without a handler', '<bpmn:association', '<bpmn:dataObject', 'or an association, to lead on'],
  ['of an activity elsewhere', 'activityRef="pay"', 'activityRef="nowhere"', 'nowhere'],
  ['of an activity without a handler', 'activityRef="pay"', 'activityRef="cancel"', 'to have a compensation event on its border'],
  ['that nobody waits for', 'activityRef="pay"', 'activityRef="pay" waitForCompletion="false"', 'waitForCompletion'],
  ['with an event on its handler', 'attachedToRef="pay"', 'attachedToRef="refund"', 'no event on a compensation handler'],
])('compensation %s is refused', async (_what, from, to, reason) => {
  const { engine } = await trial()
  const { name, content } = await diagram('compensation-of-one')

  const deployed = engine.deploy([{ name, content: content.replace(from, to) }])

  await expect(deployed).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(reason) })
})
