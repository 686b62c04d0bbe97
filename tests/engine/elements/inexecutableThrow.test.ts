import { expect, test } from 'vitest'
import { asJob, aside, diagram, end, error, inPath, message, path, start, terminate, timer, work } from '../refusals/draw.ts'
import { trial, type Trial } from '../support.ts'

/** What the vendor's validators let pass and nobody explains: deployed, and never passed over. */
async function started(xml: string): Promise<Trial> {
  const running = await trial()
  await running.engine.deploy([{ name: 'unexplained.bpmn', content: xml }])
  await running.start('process', { caseId: 'case' })
  return running
}

const throws = (inside: string): string => `<intermediateThrowEvent id="it">${inside}</intermediateThrowEvent>`

test.each([
  ['an error', error, 'ErrorEventDefinition'],
  ['a termination', terminate, 'TerminateEventDefinition'],
  ['a time', timer, 'TimerEventDefinition'],
  ['an error and a time', error + timer, 'ErrorEventDefinition and TimerEventDefinition'],
])('a throw event of %s stops the case with an incident instead of passing it', async (_what, definition, named) => {
  const { incidents, left } = await started(diagram(inPath(throws(definition))))

  expect(incidents()).toMatchObject([{ elementId: 'it', type: 'UNKNOWN', message: expect.stringContaining(named) }])
  expect(left()).toEqual(['start completed'])
})

test('a flow that leads to an event sub-process begins it as any other sub-process', async () => {
  const { left } = await started(diagram(`${start}${aside('aside', `<startEvent id="begins">${message}</startEvent>`)}${path('start', 'aside')}`))

  expect(left()).toEqual(['start completed', 'begins completed', 'aside completed', 'process completed'])
})

test('an event sub-process with a flow leading on from it ends as any other', async () => {
  const { engine, left, take } = await started(diagram(
    `${start}${work('it')}${path('start', 'it')}${aside('aside', `<startEvent id="begins">${message}</startEvent>`)}${end}${path('aside', 'end')}`))
  await take('send-receipt')

  await engine.publishMessage({ name: 'fee-paid', correlationKey: 'case' })

  expect(left()).toEqual(['start completed', 'it terminated', 'begins completed', 'aside completed', 'process completed'])
})

test('a process that begins by an error only can be deployed and never begins', async () => {
  const { engine, start: create } = await trial()
  await engine.deploy([{ name: 'unexplained.bpmn', content: diagram(`<startEvent id="start">${error}</startEvent>${end}${path('start', 'end')}`) }])

  await expect(create('process')).rejects.toMatchObject({ kind: 'wrong-state' })
})

test('a loop marker is for people: the task is done once', async () => {
  const { complete, left } = await started(diagram(inPath(`<serviceTask id="it">${asJob}<standardLoopCharacteristics/></serviceTask>`)))

  await complete('send-receipt')

  expect(left()).toEqual(['start completed', 'it completed', 'end completed', 'process completed'])
})

test('a flow back to a start event goes on from there again', async () => {
  const { complete, left, ready } = await started(diagram(`${start}${work('it')}${path('start', 'it', 'start')}`))

  await complete('send-receipt')

  expect(left()).toEqual(['start completed', 'it completed', 'start completed'])
  expect(await ready('send-receipt')).toEqual(['send-receipt'])
})
