import { expect, test } from 'vitest'
import { ResultTimeout } from '../../server/engine/engine.ts'
import { trial } from './support.ts'

test('who wants the result waits for the end and gets the variables asked for', async () => {
  const { engine, complete } = await trial('service-task')

  const result = engine.createInstanceWithResult({ bpmnProcessId: 'service-task', variables: '{"a":1,"b":2}', fetchVariables: ['b', 'c'] })
  await engine.idle()
  await complete('work', { c: 3 })

  expect((await result).variables).toBe('{"b":2,"c":3}')
})

test('an end that does not come in time is a time-out, and the case goes on', async () => {
  const { engine, clock, complete } = await trial('service-task')
  const failure = engine.createInstanceWithResult({ bpmnProcessId: 'service-task', requestTimeout: 1000 }).catch((error: unknown) => error)
  await engine.idle()

  clock.advance(1000)

  expect(await failure).toBeInstanceOf(ResultTimeout)
  await complete('work')
})

test('variables are set where they are, or only here', async () => {
  const { engine, start, take } = await trial('sub-process')
  const processInstanceKey = await start('sub-process', { caseId: 'a' })
  const job = await take('first')

  await engine.setVariables({ elementInstanceKey: job.elementInstanceKey, variables: '{"own":"b","new":1}' })
  await engine.setVariables({ elementInstanceKey: job.elementInstanceKey, variables: '{"caseId":"mine"}', local: true })
  await engine.completeJob({ jobKey: job.key })
  const next = await take('second')

  expect(JSON.parse(next.variables)).toEqual({ caseId: 'a', own: 'b', new: 1 })
  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{}' })
  await expect(engine.setVariables({ elementInstanceKey: '1', variables: '{}' })).rejects.toMatchObject({ kind: 'not-found' })
})
