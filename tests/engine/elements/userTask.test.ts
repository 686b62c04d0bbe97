import { expect, test } from 'vitest'
import { diagram, trial } from '../support.ts'

const variables = { clerk: 'ana', unit: 'archive', dueAt: '2026-12-02T15:00:00+01:00' }
const form = { name: 'decision.form', content: '{"id":"decision","type":"default","components":[]}' }

test('who may do it, by when and with which form stands in the headers', async () => {
  const { engine, start, take } = await trial()
  const { forms } = await engine.deploy([form, await diagram('user-task-form')])
  await start('user-task-form', variables)

  const task = await take('io.camunda.zeebe:userTask')

  expect(task.retries).toBe(1)
  expect(JSON.parse(task.customHeaders)).toEqual({
    kind: 'decision',
    'io.camunda.zeebe:assignee': 'ana',
    'io.camunda.zeebe:candidateGroups': '["registry","archive"]',
    'io.camunda.zeebe:candidateUsers': '["ana","boris"]',
    'io.camunda.zeebe:dueDate': '2026-12-02T15:00:00+01:00',
    'io.camunda.zeebe:formKey': forms[0]!.formKey,
  })
})

test('a form that is not there holds the task until it is deployed', async () => {
  const { engine, start, take, incidents } = await trial('user-task-form')
  await start('user-task-form', variables)

  const [incident] = incidents()
  await engine.deploy([form])
  await engine.resolveIncident({ incidentKey: incident!.key })

  expect(incident!.type).toBe('FORM_NOT_FOUND')
  expect((await take('io.camunda.zeebe:userTask')).elementId).toBe('decide')
})
