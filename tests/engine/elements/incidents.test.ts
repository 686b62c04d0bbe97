import { expect, test } from 'vitest'
import { DAY_MS, trial } from '../support.ts'

test.each([
  ['service-task-expressions', { tries: 3 }, 'work',
    `Expected result of the expression '"work-" + country' to be 'STRING', but was 'NULL'. The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'country'`],
  ['service-task-expressions', { country: 'rs', tries: 'many' }, 'work', `Expected result of the expression 'tries' to be 'NUMBER', but was 'STRING'.`],
  ['timer-catch', { term: true }, 'wait', `Expected result of the expression 'term' to be 'one of [DURATION, PERIOD, DATE_TIME, STRING]', but was 'BOOLEAN'.`],
  ['timer-catch', { term: 'soon' }, 'wait', `Invalid duration format 'soon' for expression '=term'`],
  ['message-catch', { caseId: ['a'] }, 'wait', `Failed to extract the correlation key for 'caseId': The value must be either a string or a number, but was ARRAY.`],
  ['user-task-form', { clerk: 5 }, 'decide', `Expected result of the expression 'clerk' to be 'STRING', but was 'NUMBER'.`],
  ['multi-instance-parallel', { offices: 'water' }, 'ask', `Expected result of the expression 'offices' to be 'ARRAY', but was 'STRING'.`],
  ['call-activity', { kind: 5 }, 'call', `Expected result of the expression '"called-" + kind' to be 'STRING', but was 'NULL'.`],
  ['error-levels', { code: 5 }, 'thrown', `Expected result of the expression 'code' to be 'STRING', but was 'NUMBER'.`],
  ['escalation-boundary', { code: {} }, 'tell', `Expected result of the expression 'code' to be 'STRING', but was 'OBJECT'.`],
])('%s with %j says what is wrong at "%s"', async (processId, variables, elementId, message) => {
  const { start, complete, incidents } = await trial(processId)

  await start(processId, variables)
  if (processId === 'error-levels') await complete('work')

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId, message }])
})

test('a condition of the wrong kind says so, and which variable is missing', async () => {
  const { start, incidents } = await trial('exclusive-gateway-no-default')

  await start('exclusive-gateway-no-default')

  expect(incidents()).toMatchObject([{
    type: 'CONDITION_ERROR', elementId: 'which',
    message: expect.stringMatching(/^Expected result of the expression 'amount .*' to be 'BOOLEAN', but was 'NULL'\. .*\n\[NO_VARIABLE_FOUND\] No variable found with name 'amount'$/),
  }])
})

test('what resolves an incident without mending it raises the next one', async () => {
  const { engine, start, incidents } = await trial('timer-catch')
  await start('timer-catch', { term: 'soon' })

  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents().map((each) => each.elementId)).toEqual(['wait', 'wait'])
  expect(incidents()[1]!.key).not.toBe(incidents()[0]!.key)
  await expect(engine.resolveIncident({ incidentKey: incidents()[0]!.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('nothing begins in a sub-process whose end is held, and it ends when that is mended', async () => {
  const { engine, start, complete, advance, incidents, ready } = await trial('completion-held')
  const elementInstanceKey = await start('completion-held')
  await complete('hear')

  await advance(2 * DAY_MS)
  const begun = await ready('remind')
  await engine.setVariables({ elementInstanceKey, variables: '{"result":1}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents()).toMatchObject([{ type: 'IO_MAPPING_ERROR', elementId: 'hearing' }])
  expect(begun).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('an incident goes with the element it holds', async () => {
  const { engine, start, complete, advance, incidents, ready } = await trial('completion-held')
  await start('completion-held')
  await complete('hear')

  await advance(5 * DAY_MS)

  expect(await ready('close')).toEqual(['close'])
  await expect(engine.resolveIncident({ incidentKey: incidents()[0]!.key })).rejects.toMatchObject({ kind: 'not-found' })
})
