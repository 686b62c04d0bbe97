import type { ZBClient } from 'zeebe-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { client, openTarget, uniqueDiagram, type Target } from './target.ts'

let target: Target
let zeebe: ZBClient

beforeAll(async () => {
  target = await openTarget()
  zeebe = client(target)
})

afterAll(async () => {
  await zeebe?.close()
  await target?.close()
})

async function deployed(name: string) {
  const diagram = await uniqueDiagram(name)
  const deployment = await zeebe.deployResource({ name: diagram.name, process: diagram.definition })
  return { ...diagram, deployment }
}

const poll = { worker: 'suite', timeout: 60_000, maxJobsToActivate: 10, requestTimeout: 5000 }

describe('the gateway as zeebe-node sees it', () => {
  test('it tells its topology', async () => {
    const topology = await zeebe.topology()

    expect(topology.brokers).toHaveLength(topology.clusterSize)
    expect(topology.gatewayVersion).toMatch(/^8\.\d+\.\d+/)
  })

  test('it deploys a process once and the same content again as the same version', async () => {
    const diagram = await uniqueDiagram('municipal-request')

    const first = await zeebe.deployResource({ name: diagram.name, process: diagram.definition })
    const again = await zeebe.deployResource({ name: diagram.name, process: diagram.definition })

    expect(first.deployments[0]!.process).toMatchObject({ bpmnProcessId: diagram.processId, version: 1, resourceName: 'municipal-request.bpmn' })
    expect(again.deployments[0]!.process.processDefinitionKey).toBe(first.deployments[0]!.process.processDefinitionKey)
  })

  test('a worker takes a job that was created after its poll, and the process goes on', async () => {
    const { processId, suffix } = await deployed('municipal-request')
    const taken = new Promise<Record<string, unknown>>((resolve) => {
      zeebe.createWorker({
        taskType: `check-request-${suffix}`,
        taskHandler: async (job) => {
          resolve(job.variables)
          return job.complete({ complete: false })
        },
      })
    })

    const { variables } = await zeebe.createProcessInstanceWithResult({ bpmnProcessId: processId, variables: { name: 'request', copies: 2 }, requestTimeout: 10_000 })

    expect(await taken).toEqual({ name: 'request', copies: 2 })
    expect(variables).toEqual({ name: 'request', copies: 2, complete: false })
  })

  test('a task for people is a job with its candidates in the headers, completed by its key alone', async () => {
    const { processId, suffix } = await deployed('municipal-request')
    const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: {} })
    const [check] = await zeebe.activateJobs({ ...poll, type: `check-request-${suffix}` })
    await zeebe.completeJob({ jobKey: check!.key, variables: { complete: true } })

    const tasks = await zeebe.activateJobs({ ...poll, type: 'io.camunda.zeebe:userTask', maxJobsToActivate: 100 })
    const task = tasks.find((each) => each.processInstanceKey === processInstanceKey)!
    await zeebe.completeJob({ jobKey: task.key, variables: {} })
    const [delivery] = await zeebe.activateJobs({ ...poll, type: `deliver-act-${suffix}` })

    expect(task.customHeaders).toEqual({ 'io.camunda.zeebe:candidateGroups': '["registry"]' })
    expect(delivery!.elementId).toBe('deliver')
  })

  test('a signal brings its variables to who waits for it', async () => {
    const { processId, suffix } = await deployed('signal-catch')
    await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: {} })

    const { key } = await zeebe.broadcastSignal({ signalName: `register-open-${suffix}`, variables: { place: 'hall' } })
    const [after] = await zeebe.activateJobs({ ...poll, type: `after-${suffix}` })

    expect(key).toMatch(/^\d+$/)
    expect(after!.variables).toEqual({ place: 'hall' })
  })

  test('an unknown job is NOT_FOUND in the words clients look for', async () => {
    await expect(zeebe.completeJob({ jobKey: '2251799813685248000', variables: {} })).rejects.toMatchObject({
      code: 5, details: expect.stringContaining(`Command 'COMPLETE' rejected with code 'NOT_FOUND'`),
    })
  })

  test('an unknown process is NOT_FOUND', async () => {
    await expect(zeebe.createProcessInstance({ bpmnProcessId: 'no-such-process', variables: {} })).rejects.toMatchObject({ code: 5 })
  })

  test('broken XML is INVALID_ARGUMENT', async () => {
    await expect(zeebe.deployResource({ name: 'broken.bpmn', process: Buffer.from('<bpmn') })).rejects.toMatchObject({ code: 3 })
  })

  test('a canceled instance is gone, and so is its job', async () => {
    const { processId, suffix } = await deployed('municipal-request')
    const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: {} })
    const [job] = await zeebe.activateJobs({ ...poll, type: `check-request-${suffix}` })

    await zeebe.cancelProcessInstance(processInstanceKey)

    await expect(zeebe.completeJob({ jobKey: job!.key, variables: {} })).rejects.toMatchObject({ code: 5 })
    await expect(zeebe.cancelProcessInstance(processInstanceKey)).rejects.toMatchObject({ code: 5 })
  })

  test('a job without retries left can be completed only after its incident', async () => {
    const { processId, suffix } = await deployed('municipal-request')
    await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: {} })
    const [job] = await zeebe.activateJobs({ ...poll, type: `check-request-${suffix}` })

    await zeebe.failJob({ jobKey: job!.key, retries: 0, errorMessage: 'no luck', retryBackOff: 0 })

    await expect(zeebe.completeJob({ jobKey: job!.key, variables: {} })).rejects.toMatchObject({ code: 9 })
  })

  test('an instance is moved on, with variables for where it goes', async () => {
    const { processId, suffix } = await deployed('municipal-request')
    const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: { copies: 2 } })
    const [check] = await zeebe.activateJobs({ ...poll, type: `check-request-${suffix}` })

    await zeebe.modifyProcessInstance({
      processInstanceKey,
      activateInstructions: [{ elementId: 'deliver', ancestorElementInstanceKey: '-1', variableInstructions: [{ scopeId: '', variables: { by: 'post' } }] }],
      terminateInstructions: [{ elementInstanceKey: check!.elementInstanceKey }],
    })
    const [delivery] = await zeebe.activateJobs({ ...poll, type: `deliver-act-${suffix}` })

    expect(delivery).toMatchObject({ processInstanceKey, elementId: 'deliver', variables: { copies: 2, by: 'post' } })
    await expect(zeebe.completeJob({ jobKey: check!.key, variables: {} })).rejects.toMatchObject({ code: 5 })
  })

  test('an element that is not there cannot be activated', async () => {
    const { processId } = await deployed('municipal-request')
    const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: {} })

    const modified = zeebe.modifyProcessInstance({
      processInstanceKey, activateInstructions: [{ elementId: 'nothing', ancestorElementInstanceKey: '-1', variableInstructions: [] }],
    })

    await expect(modified).rejects.toMatchObject({ code: 3, details: expect.stringContaining(`Command 'MODIFY' rejected with code 'INVALID_ARGUMENT'`) })
  })
})
