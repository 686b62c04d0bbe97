import { expect, test } from 'vitest'
import { DAY_MS, diagram, takeJobs, trial, variablesOf, type Trial } from '../support.ts'

/** Broadcasts, and lets everybody hear it. */
async function tell({ engine }: Trial, signalName: string, variables: object = {}): Promise<void> {
  await engine.broadcastSignal({ signalName, variables: JSON.stringify(variables) })
  await engine.idle()
}

test('a signal reaches every instance that waits for it and brings its variables', async () => {
  const played = await trial('signal-catch')
  for (const number of [1, 2, 3]) await played.start('signal-catch', { number })

  await tell(played, 'another')
  const early = await played.ready('after')
  await tell(played, 'register-open', { place: 'hall' })

  expect(early).toEqual([])
  expect((await takeJobs(played.engine, 'after')).map(variablesOf)).toEqual([1, 2, 3].map((number) => ({ number, place: 'hall' })))
})

test('who begins to wait after the broadcast does not hear it', async () => {
  const played = await trial('signal-catch')
  const { engine, start, ready } = played

  await Promise.all([engine.broadcastSignal({ signalName: 'register-open' }), start('signal-catch')])
  await engine.idle()
  const late = await ready('after')
  await tell(played, 'register-open')

  expect(late).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('who waits at the moment of the broadcast hears it, however many there are', async () => {
  const played = await trial('signal-catch')
  const starts = Array.from({ length: 450 }, () => played.start('signal-catch'))
  // Told together with the last starts, so that a part of those who wait is not kept yet.
  await Promise.all([...starts, played.engine.broadcastSignal({ signalName: 'register-open' })])
  await played.engine.idle()

  const heard = await takeJobs(played.engine, 'after', 1000)

  expect(heard).toHaveLength(450)
})

test('while many are being told, other commands are answered', async () => {
  const { engine, start, events, ready } = await trial('signal-catch', 'signal-end')
  await Promise.all(Array.from({ length: 1000 }, () => start('signal-catch')))
  await engine.broadcastSignal({ signalName: 'register-open' })

  await start('signal-end')
  const isDelivered = events.some((event) => event.type === 'signal-delivered')

  expect(isDelivered).toBe(false)
  expect(await ready('work')).toEqual(['work'])
})

test('the name of a signal is taken when the event is entered', async () => {
  const played = await trial('signal-catch-named')
  const processInstanceKey = await played.start('signal-catch-named', { register: 'births' })
  await played.engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"register":"deaths"}' })

  await tell(played, 'open-deaths')
  const other = await played.ready('after')
  await tell(played, 'open-births')

  expect(other).toEqual([])
  expect(await played.ready('after')).toEqual(['after'])
})

test('a name that is no text is an incident, and can be mended', async () => {
  const played = await trial('signal-catch-named')
  const processInstanceKey = await played.start('signal-catch-named')
  await played.engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"register":"births"}' })

  await played.engine.resolveIncident({ incidentKey: played.incidents()[0]!.key })
  await tell(played, 'open-births')

  expect(played.incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'wait' }])
  expect(await played.ready('after')).toEqual(['after'])
})

test('a signal starts the latest version of each process that begins with it', async () => {
  const played = await trial('signal-start')
  const { content } = await diagram('signal-start')
  await played.engine.deploy([
    { name: 'signal-start.bpmn', content: content.replace('type="work"', 'type="new-work"') },
    { name: 'another.bpmn', content: content.replace('id="signal-start"', 'id="another"').replace('type="work"', 'type="other-work"') },
  ])

  await tell(played, 'register-open', { place: 'hall' })

  expect(await played.ready('work', 'new-work')).toEqual(['new-work'])
  expect(variablesOf(await played.take('other-work'))).toEqual({ place: 'hall' })
})

test('a case keeps waiting as its own version does when a new one is deployed', async () => {
  const played = await trial('signal-catch')
  await played.start('signal-catch')
  const { name, content } = await diagram('signal-catch')
  await played.engine.deploy([{ name, content: content.replace('register-open', 'office-open') }])

  await tell(played, 'register-open')

  expect(await played.ready('after')).toEqual(['after'])
})

test('every broadcast starts a case', async () => {
  const played = await trial('signal-start')

  await tell(played, 'register-open')
  await tell(played, 'register-open')

  expect(await takeJobs(played.engine, 'work')).toHaveLength(2)
})

test('a process with only a signal start cannot be created by hand', async () => {
  const { start } = await trial('signal-start')

  await expect(start('signal-start')).rejects.toMatchObject({ kind: 'wrong-state' })
})

test.each(['signal-boundary', 'signal-event-sub-process'])('%s: an interrupting event takes the work away', async (name) => {
  const played = await trial(name)
  await played.start(name)

  await tell(played, 'office-closed', { since: 'today' })
  await tell(played, 'office-moved')

  expect(await played.ready('work', 'file')).toEqual([])
  expect(variablesOf(await played.take('close'))).toEqual({ since: 'today' })
})

test.each(['signal-boundary', 'signal-event-sub-process'])('%s: an event that leaves the work alone happens each time', async (name) => {
  const played = await trial(name)
  await played.start(name)

  await tell(played, 'office-moved')
  await tell(played, 'office-moved')

  expect(await takeJobs(played.engine, 'file')).toHaveLength(2)
  expect(await played.ready('work')).toEqual(['work'])
})

test('an event on the border waits no longer than its activity', async () => {
  const played = await trial('signal-boundary')
  await played.start('signal-boundary')

  await played.complete('work')
  await tell(played, 'office-closed')

  expect(await played.ready('close')).toEqual([])
})

test('behind an event-based gateway the signal is the way when it is first', async () => {
  const played = await trial('signal-event-gateway')
  await played.start('signal-event-gateway')

  await tell(played, 'register-open')
  await played.advance(15 * DAY_MS)

  expect(await played.ready('read', 'close')).toEqual(['read'])
})

test('behind an event-based gateway the signal is not waited for when time is up', async () => {
  const played = await trial('signal-event-gateway')
  await played.start('signal-event-gateway')

  await played.advance(15 * DAY_MS)
  await tell(played, 'register-open')

  expect(await played.ready('read', 'close')).toEqual(['close'])
})

test('a throw event tells its own variables and goes on', async () => {
  const played = await trial('signal-catch', 'signal-start', 'signal-throw')
  await played.start('signal-catch')
  await played.start('signal-throw', { state: 'open' })
  await played.engine.idle()

  const heard = await takeJobs(played.engine, 'after')

  expect(heard.map((job) => [job.bpmnProcessId, variablesOf(job)])).toEqual([
    ['signal-throw', { state: 'open' }],
    ['signal-catch', { told: 'open' }],
  ])
  expect(variablesOf(await played.take('work'))).toEqual({ told: 'open' })
})

test('an end event tells its signal and ends', async () => {
  const played = await trial('signal-catch', 'signal-end')
  await played.start('signal-catch')
  await played.start('signal-end')

  await played.complete('work')
  await played.engine.idle()

  expect(played.left()).toEqual(expect.arrayContaining(['tell completed', 'signal-end completed', 'wait completed']))
  expect(await played.ready('after')).toEqual(['after'])
})

test('signals are heard in the order in which they were told', async () => {
  const played = await trial('signal-boundary')
  await played.start('signal-boundary')

  await Promise.all(['office-moved', 'office-closed', 'office-moved'].map((signalName) => played.engine.broadcastSignal({ signalName })))
  await played.engine.idle()

  expect(await takeJobs(played.engine, 'file')).toHaveLength(1)
  expect(await played.ready('work', 'close')).toEqual(['close'])
})

test('a broadcast leaves nothing behind', async () => {
  const played = await trial('signal-catch', 'signal-boundary')
  const processInstanceKey = await played.start('signal-boundary')
  await played.start('signal-catch')

  await tell(played, 'register-open')
  await played.engine.cancelInstance({ processInstanceKey })

  const kinds = played.events.map((event) => event.type).filter((type) => type.startsWith('signal-'))
  expect(kinds).toEqual([
    'signal-subscription-opened', 'signal-subscription-opened', 'signal-subscription-opened',
    'signal-broadcast', 'signal-subscription-closed', 'signal-delivered',
  ])
})

test.each([
  [{ signalName: '' }],
  [{ signalName: 'register-open', variables: '[1]' }],
])('%j is refused', async (request) => {
  const { engine } = await trial()

  await expect(engine.broadcastSignal(request)).rejects.toMatchObject({ kind: 'invalid' })
})
