import { expect, test } from 'vitest'
import { trial, variablesOf } from './support.ts'

test('a mapping that failed is done again exactly where it failed: before the task, then after it', async () => {
  const { engine, start, take, incidents } = await trial('mappings-failing')
  const processInstanceKey = await start('mappings-failing')

  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"copies":1}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  const work = await take('work')
  await engine.completeJob({ jobKey: work.key })
  await engine.setVariables({ elementInstanceKey: work.elementInstanceKey, variables: '{"answer":"yes"}', local: true })
  await engine.resolveIncident({ incidentKey: incidents()[1]!.key })

  expect(incidents()).toMatchObject([{ type: 'IO_MAPPING_ERROR', elementId: 'work' }, { type: 'IO_MAPPING_ERROR', elementId: 'work' }])
  expect(variablesOf(work)).toEqual({ copies: 1, own: 1 })
  expect(variablesOf(await take('after'))).toEqual({ copies: 1, answer: 'yes' })
})

test('what fails again is a new incident with a new key', async () => {
  const { engine, start, incidents } = await trial('error-end-uncaught')
  await start('error-end-uncaught')
  const incidentKey = incidents()[0]!.key

  await engine.resolveIncident({ incidentKey })

  expect(incidents()).toHaveLength(2)
  expect(incidents()[1]!.key).not.toBe(incidentKey)
  await expect(engine.resolveIncident({ incidentKey })).rejects.toMatchObject({
    kind: 'not-found', message: `Command 'RESOLVE' rejected with code 'NOT_FOUND': Expected to resolve incident with key '${incidentKey}', but no such incident was found`,
  })
})

test('an incident is gone with the instance it held', async () => {
  const { engine, start, incidents } = await trial('mappings-failing')
  const processInstanceKey = await start('mappings-failing')

  await engine.cancelInstance({ processInstanceKey })

  await expect(engine.resolveIncident({ incidentKey: incidents()[0]!.key })).rejects.toMatchObject({ kind: 'not-found' })
})
