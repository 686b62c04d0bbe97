import { expect, test } from 'vitest'
import { diagram, takeJobs, trial, variablesOf } from '../support.ts'

test.each([
  ['late', ['notify', 'hear']],
  ['stop', ['close']],
  ['anything-else', ['record', 'hear']],
])('the escalation %s on the border of a sub-process leaves %j to be done', async (code, ways) => {
  const { start, ready } = await trial('escalation-boundary')

  await start('escalation-boundary', { code })

  expect(await ready('notify', 'close', 'record', 'hear')).toEqual(ways)
})

test('an escalation at the end is told, and the end is reached all the same', async () => {
  const { engine, start, complete, ready, left } = await trial('escalation-boundary')
  await start('escalation-boundary', { code: 'late' })

  await complete('hear')

  expect(await takeJobs(engine, 'notify')).toHaveLength(2)
  expect(await ready('after')).toEqual(['after'])
  expect(left()).toEqual([
    'start completed', 'inside completed', 'tell completed', 'noted completed', 'hear completed', 'told completed', 'noted completed', 'hearing completed',
  ])
})

test('who interrupts ends the event that has thrown', async () => {
  const { start, left } = await trial('escalation-boundary')

  await start('escalation-boundary', { code: 'stop' })

  expect(left()).toEqual(['start completed', 'inside completed', 'tell terminated', 'hearing terminated', 'stopped completed'])
})

test('an escalation brings no variables along', async () => {
  const { start, take } = await trial('escalation-boundary')

  await start('escalation-boundary', { code: 'late' })

  expect(variablesOf(await take('notify'))).toEqual({ code: 'late' })
})

test('a code that is no text holds the event until it is one', async () => {
  const { engine, start, incidents, ready } = await trial('escalation-boundary')
  const processInstanceKey = await start('escalation-boundary', { code: 5 })

  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"code":"late"}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'tell' }])
  expect(await ready('notify', 'hear')).toEqual(['notify', 'hear'])
})

test.each([['late', ['notify', 'work']], ['stop', ['close']], ['other', ['work']]])(
  'the escalation %s inside the process leaves %j to be done', async (code, ways) => {
    const { start, ready } = await trial('escalation-event-sub-process')

    await start('escalation-event-sub-process', { code })

    expect(await ready('notify', 'close', 'work')).toEqual(ways)
  })

test('what an event sub-process tells further does not begin it anew', async () => {
  const { start, complete, ready, left } = await trial('escalation-event-sub-process')
  await start('escalation-event-sub-process', { code: 'late' })

  await complete('notify')
  const again = await ready('notify')
  await complete('work')

  expect(again).toEqual([])
  expect(left().at(-1)).toBe('escalation-event-sub-process completed')
})

test('what an event sub-process tells further reaches the border around it', async () => {
  const { start, complete, ready } = await trial('escalation-passed-on')
  await start('escalation-passed-on')

  const early = await ready('inform')
  await complete('notify')

  expect(early).toEqual([])
  expect(await ready('inform', 'hear')).toEqual(['inform', 'hear'])
})

test.each([['late', ['notify', 'inner']], ['stop', ['close']], ['other', ['inner']]])(
  'the escalation %s of a called process leaves %j to be done', async (code, ways) => {
    const { engine, start, ready } = await trial('escalation-called', 'escalation-call-activity')

    await start('escalation-call-activity', { code })
    await engine.idle()

    expect(await ready('notify', 'close', 'inner')).toEqual(ways)
  })

test('nobody has to catch an escalation', async () => {
  const { start, complete, incidents, left } = await trial('escalation-called')
  await start('escalation-called', { code: 'late' })

  await complete('inner')

  expect(incidents()).toEqual([])
  expect(left().at(-1)).toBe('escalation-called completed')
})

test('the nearest catches it, though one further out names the code', async () => {
  const { start, ready } = await trial('escalation-nearest')

  await start('escalation-nearest')

  expect(await ready('near', 'far')).toEqual(['near'])
})

test.each([
  ['on a task', 'attachedToRef="hearing"><bpmn:outgoing>f4', 'attachedToRef="after"><bpmn:outgoing>f4', 'caught at a sub-process or a call activity'],
  ['twice with one code', 'escalationRef="stop"', 'escalationRef="late"', `wait for the escalation 'late'`],
  ['with an expression', 'escalationCode="stop"', 'escalationCode="=stop"', 'plain text'],
  ['thrown without a code', ' escalationCode="=code"', '', 'to have an escalation code'],
])('an escalation %s is refused', async (_what, from, to, reason) => {
  const { engine } = await trial()
  const { name, content } = await diagram('escalation-boundary')

  const deployed = engine.deploy([{ name, content: content.replace(from, to) }])

  await expect(deployed).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(reason) })
})
