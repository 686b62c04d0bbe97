import { expect, test } from 'vitest'
import { trial } from '../support.ts'

test.each([[5, 'small'], [500, 'large'], [50, 'rest']])('an exclusive gateway with amount %d takes the way "%s"', async (amount, way) => {
  const { start, ready } = await trial('exclusive-gateway')

  await start('exclusive-gateway', { amount })

  expect(await ready('small', 'large', 'rest')).toEqual([way])
})

test('an exclusive gateway without a way is an incident that a new value mends', async () => {
  const { engine, start, ready, incidents } = await trial('exclusive-gateway-no-default')
  const processInstanceKey = await start('exclusive-gateway-no-default', { amount: 50 })

  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"amount":5}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents()).toMatchObject([{ type: 'CONDITION_ERROR', elementId: 'which' }])
  expect(await ready('small', 'large')).toEqual(['small'])
})

test('a condition that is neither true nor false is an incident, not a no', async () => {
  const { start, incidents } = await trial('exclusive-gateway')

  await start('exclusive-gateway', {})

  expect(incidents()).toMatchObject([{ type: 'CONDITION_ERROR', elementId: 'which' }])
})

test('a parallel gateway goes on when both sides are done', async () => {
  const { start, complete, ready } = await trial('parallel-gateway')
  await start('parallel-gateway')

  await complete('left')
  const before = await ready('after')
  await complete('right')

  expect(before).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test.each([
  [{ paper: true, mail: true }, ['paper', 'mail']],
  [{ paper: false, mail: true }, ['mail']],
  [{ paper: false, mail: false }, ['rest']],
])('an inclusive gateway with %j takes %j', async (variables, ways) => {
  const { start, ready } = await trial('inclusive-gateway')

  await start('inclusive-gateway', variables)

  expect(await ready('paper', 'mail', 'rest')).toEqual(ways)
})

test('a diagram that goes round without waiting is stopped', async () => {
  const { start, incidents } = await trial('endless-loop')

  await start('endless-loop')

  expect(incidents()).toMatchObject([{ type: 'UNKNOWN' }])
})

test('flows without an id are flows like others', async () => {
  const { engine, start, ready } = await trial()
  await engine.deploy([{
    name: 'nameless-flows.bpmn',
    content: `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
      id="definitions" targetNamespace="http://bpmn.io/schema/bpmn"><bpmn:process id="nameless-flows" isExecutable="true">
      <bpmn:startEvent id="start" /><bpmn:parallelGateway id="fork" />
      <bpmn:serviceTask id="left"><bpmn:extensionElements><zeebe:taskDefinition type="left" /></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:serviceTask id="right"><bpmn:extensionElements><zeebe:taskDefinition type="right" /></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:sequenceFlow sourceRef="start" targetRef="fork" />
      <bpmn:sequenceFlow sourceRef="fork" targetRef="left" /><bpmn:sequenceFlow sourceRef="fork" targetRef="right" />
      </bpmn:process></bpmn:definitions>`,
  }])

  await start('nameless-flows')

  expect(await ready('left', 'right')).toEqual(['left', 'right'])
})
