import { createHash } from 'node:crypto'
import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { storable } from '../behaviors/incidents.ts'
import { closeStartTimers, openStartTimers, planStartTimers, type StartSchedules } from '../behaviors/startTimers.ts'
import type { Key } from '../key.ts'
import type { ProcessModel, Source } from '../model/executable.ts'
import { readBpmn } from '../model/readBpmn.ts'
import { reject, type Command } from './command.ts'
import { deployDecisions, readDecisions, type DeployedDrg, type ReadDecisions } from './deployDecisions.ts'
import { MOST_BYTES, readPresent } from './readRequest.ts'

export interface Resource {
  /** File name, whose ending tells what it is. Part of what makes a version the same as the one before. */
  name: string
  content: string
}

export interface DeployedProcess {
  bpmnProcessId: string
  version: number
  processDefinitionKey: Key
  resourceName: string
}

export interface DeployedForm {
  formId: string
  version: number
  formKey: Key
  resourceName: string
}

export interface Deployed {
  key: Key
  processes: DeployedProcess[]
  drgs: DeployedDrg[]
  forms: DeployedForm[]
}

/** Resources read and found good: what is left to decide needs no waiting. */
export interface ReadResources {
  processes: ReadProcess[]
  drgs: ReadDecisions[]
  forms: { resource: Resource; checksum: string; formId: string }[]
}

interface ReadProcess {
  resource: Resource
  checksum: string
  model: ProcessModel
}

const intent = 'CREATE'

/** Reads all resources, and refuses all if one is not good. Every fault is told, with the element it is about. */
export async function readResources(resources: readonly Resource[]): Promise<ReadResources> {
  if (resources.length === 0) reject(intent, 'invalid', 'Expected to deploy at least one resource, but none given')
  const read: ReadResources = { processes: [], drgs: [], forms: [] }
  const faults: string[] = []
  for (const resource of resources) {
    readPresent(intent, 'the name of the resource', resource.name)
    const found = await readResource(resource, read)
    if (found.length > 0) faults.push(`'${resource.name}': ${found.map((fault) => `- ${fault}`).join('\n')}`)
  }
  const decisionIds = read.drgs.flatMap(({ model }) => model.decisions.map((each) => each.id))
  const models = [read.processes, read.drgs].map((kind) => kind.map((each) => each.model.id))
  const repeated = [...models, decisionIds, read.forms.map((each) => each.formId)].map(firstRepeat).find((each) => each !== undefined)
  if (repeated) faults.push(`Duplicated id in resources: '${repeated}'`)
  if (faults.length > 0) rejectFaults(faults)
  return read
}

async function readResource(resource: Resource, read: ReadResources): Promise<string[]> {
  const reader = readers[resource.name.slice(resource.name.lastIndexOf('.')).toLowerCase()]
  if (!reader) return [`Unknown resource type; expected one of ${Object.keys(readers).join(', ')}`]
  const bytes = Buffer.byteLength(resource.content)
  if (bytes > MOST_BYTES) return [`Expected at most ${MOST_BYTES} bytes, but got ${bytes}`]
  if (!isText(resource.content)) return ['Expected text, but found control characters']
  return reader(resource, read)
}

/** Makes new versions of what has changed. The same content under the same name is the version that is there already. */
export const deployResources: Command<ReadResources, Deployed> = {
  intent,
  needs: () => ({}),

  decide({ processes, drgs, forms }, decision) {
    const schedules = processes.map((each) => planStarts(decision, each))
    const deployed = {
      processes: processes.map((each, index) => deployProcess(decision, each, schedules[index]!)),
      drgs: drgs.map((each) => deployDecisions(decision, each)),
      forms: forms.map((each) => deployForm(decision, each)),
    }
    // The deployment's own key is the last: suites of clients count on the first process of a new engine having the first key.
    return { key: decision.nextKey(), ...deployed }
  },
}

type Reader = (resource: Resource, read: ReadResources) => Promise<string[]>

const readers: Record<string, Reader> = {
  '.bpmn': readProcesses,
  '.xml': readProcesses,
  '.dmn': readDrg,
  '.form': readForm,
}

async function readProcesses(resource: Resource, read: ReadResources): Promise<string[]> {
  const { processes, faults } = await readBpmn(resource.content)
  read.processes.push(...processes.map((model) => ({ resource, checksum: checksumOf(resource), model })))
  return faults
}

async function readDrg(resource: Resource, { drgs }: ReadResources): Promise<string[]> {
  const { read, faults } = await readDecisions(resource, checksumOf(resource))
  drgs.push(...read)
  return faults
}

async function readForm(resource: Resource, read: ReadResources): Promise<string[]> {
  let form: unknown
  try {
    form = JSON.parse(resource.content)
  } catch (error) {
    return [`Expected a form as JSON, but it cannot be read: ${(error as Error).message}`]
  }
  const formId = typeof form === 'object' && form !== null && 'id' in form ? form.id : undefined
  if (typeof formId !== 'string' || formId.trim() === '') return [`Expected the form to have an id, but it is blank`]
  read.forms.push({ resource, checksum: checksumOf(resource), formId })
  return []
}

function planStarts(decision: Decision, { resource, model }: ReadProcess): StartSchedules {
  const plan = planStartTimers(decision, model.root)
  if (!(plan instanceof Failure)) return plan
  rejectFaults([`'${resource.name}': - ${plan.message}`])
}

function rejectFaults(faults: string[]): never {
  reject(intent, 'invalid', `Expected to deploy new resources, but encountered the following errors:\n${faults.join('\n')}`)
}

function deployProcess(decision: Decision, { resource, checksum, model }: ReadProcess, schedules: StartSchedules): DeployedProcess {
  const processId = model.id
  const latest = decision.state.definitions.latest(processId)
  if (latest && latest.checksum === checksum && latest.resourceName === resource.name) {
    return { bpmnProcessId: processId, version: latest.version, processDefinitionKey: latest.key, resourceName: resource.name }
  }
  const key = decision.nextKey()
  const version = decision.state.definitions.nextVersion(processId)
  const messageStarts = model.root.messageStarts.map((each) => [each.id, nameOf(each.message!.name)])
  const signalStarts = model.root.signalStarts.map((each) => [each.id, nameOf(each.signal!.name)])
  if (latest) closeStartTimers(decision, latest.key)
  decision.record({
    type: 'process-deployed', model,
    row: {
      key, processId, version, resourceName: resource.name, checksum, deployedAt: decision.nowMs,
      messageStarts: JSON.stringify(messageStarts), signalStarts: JSON.stringify(signalStarts), name: storable(model.name),
      xml: resource.content,
    },
  })
  openStartTimers(decision, key, schedules)
  return { bpmnProcessId: processId, version, processDefinitionKey: key, resourceName: resource.name }
}

function deployForm(decision: Decision, { resource, checksum, formId }: ReadResources['forms'][number]): DeployedForm {
  const latest = decision.state.definitions.latestForm(formId)
  if (latest && latest.checksum === checksum && latest.resourceName === resource.name) {
    return { formId, version: latest.version, formKey: latest.key, resourceName: resource.name }
  }
  const key = decision.nextKey()
  const version = decision.state.definitions.nextFormVersion(formId)
  decision.record({
    type: 'form-deployed',
    row: { key, formId, version, resourceName: resource.name, checksum, deployedAt: decision.nowMs, content: resource.content },
  })
  return { formId, version, formKey: key, resourceName: resource.name }
}

// `model/read/wholeProcess.ts` refuses variables here, so that the name is known when the process is deployed.
function nameOf(name: Source): string {
  return name.feel ? String(name.feel.evaluate({ get: () => undefined })) : name.text
}

function isText(content: string): boolean {
  return !/[\u0000-\u0008]/.test(content)
}

function checksumOf({ content }: Resource): string {
  return createHash('sha256').update(content).digest('hex')
}

function firstRepeat(texts: string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index)
}
