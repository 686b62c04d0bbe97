/**
 * Whatever a client sends, it is answered or refused in words: never with our own mistake, never with silence, and nobody else suffers
 * from it. One seed always draws the same requests; another: `SALTER_SEED=7 npx vitest run tests/gateway/oddRequests.test.ts`.
 */
import { status, type ServiceError } from '@grpc/grpc-js'
import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import { openTarget, type Target } from './target.ts'
import { call, connect, deployed, openStream, poll, start, take, type Wire, type WireJob } from './wire.ts'

let target: Target
let wire: Wire
/** Keys of a definition, an instance, a task and its job: each call is given those of others, too. */
let known: string[]
let sources: Buffer[]

beforeAll(async () => {
  target = await openTarget()
  wire = connect(target.address)
  const { processId, suffix } = await deployed(wire, 'service-task')
  await start(wire, processId)
  const [job] = await take(wire, `work-${suffix}`) as (WireJob & { processInstanceKey: string; processDefinitionKey: string })[]
  known = [job!.processDefinitionKey, job!.processInstanceKey, job!.elementInstanceKey, job!.key]
  const files = ['municipal-request.bpmn', 'extract-fee.dmn'].map((file) => new URL(`../diagrams/${file}`, import.meta.url))
  sources = await Promise.all(files.map((file) => readFile(file)))
})

afterAll(async () => {
  wire?.close()
  await target?.close()
})

const seed = Number(process.env.SALTER_SEED ?? 8500)
const requests = Number(process.env.SALTER_RUNS ?? 300)
const ANSWER_WITHIN_MS = 5000

const DEEP = 20_000
const text = fc.oneof(
  fc.constantFrom(
    '', ' ', '\0', 'a\0b', '\ud800', '\udc00\ud800', '\u202e', '\ufeff', '__proto__', 'constructor', 'toString', '=', '={', '= 1/0', '=x.y',
    '<default>', "'; DROP TABLE engine.jobs; --", '../../etc/passwd', '%s%n', '-1', 'NaN',
    'ш'.repeat(100_000), 'work', 'start', 'minor-fee',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const json = fc.oneof(
  fc.constantFrom(
    '', '{}', '{', '}', 'null', '[1]', '1', '"a"', '{"a":}', '{"a":NaN}', "{'a':1}", '\ufeff{}', '{"":1}', '{"a":1,"a":2}',
    '{"a":"\\u0000"}', '{"\\u0000":1}', '{"a":"\0"}', '{"a":"\\ud800"}', '{"a":"\ud800"}', '{"__proto__":{"b":1}}', '{"constructor":1}',
    '{"a":1e999}', '{"a":-0}', `{"a":${'9'.repeat(5000)}}`, `{"a":1e-${'9'.repeat(20)}}`,
    `{"a":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`, '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP), '['.repeat(DEEP),
    `{"${'k'.repeat(100_000)}":1}`, `{"a":"${'ш'.repeat(1_500_000)}"}`,
  ),
  fc.jsonValue().map((value) => JSON.stringify({ value })),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const key = fc.oneof(
  fc.constantFrom('0', '1', '-1', '9223372036854775807', '-9223372036854775808', '2251799813685248', '9007199254740993'),
  fc.nat(3).map((which) => known[which]!),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
)
const number = fc.oneof(fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)), fc.integer())
/** Whoever asks to wait, waits: no longer than these. */
const wait = fc.constantFrom('-1', '1', '20', '-9223372036854775808')
const tenant = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('', '<default>') }, text)
const content = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map(Buffer.from),
  text.map((some) => Buffer.from(some)),
  fc.constant(Buffer.from('<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>')),
  // A diagram with one place overwritten is nearly right, and comes further than nonsense.
  fc.tuple(fc.nat(1), fc.nat(20_000), fc.constantFrom('', '<', '"', '\0', '\xff', '=', '</bpmn:process>', 'P1Y', '= x +'))
    .map(([which, at, word]) => overwrite(sources[which]!.toString('latin1'), at, word)),
)
function overwrite(source: string, at: number, word: string): Buffer {
  const place = at % source.length
  return Buffer.from(source.slice(0, place) + word + source.slice(place + word.length), 'latin1')
}

const name = fc.tuple(text, fc.constantFrom('', '.bpmn', '.dmn', '.form', '.BPMN')).map((parts) => parts.join(''))
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 })

const create = fc.record({
  processDefinitionKey: key, bpmnProcessId: text, version: number, variables: json,
  startInstructions: few(fc.record({ elementId: text })), tenantId: tenant,
}, { requiredKeys: [] })

/** Every call with what may be in its request; what is not drawn stays unset. */
const calls: Record<string, fc.Arbitrary<object>> = {
  Topology: fc.constant({}),
  DeployProcess: fc.record({ processes: few(fc.record({ name, definition: content })) }, { requiredKeys: [] }),
  DeployResource: fc.record({ resources: few(fc.record({ name, content })), tenantId: tenant }, { requiredKeys: [] }),
  DeleteResource: fc.record({ resourceKey: key }, { requiredKeys: [] }),
  CreateProcessInstance: create,
  CreateProcessInstanceWithResult: fc.record({
    request: create, requestTimeout: wait, fetchVariables: few(text),
  }, { requiredKeys: ['requestTimeout'] }),
  CancelProcessInstance: fc.record({ processInstanceKey: key }, { requiredKeys: [] }),
  ModifyProcessInstance: fc.record({
    processInstanceKey: key,
    activateInstructions: few(fc.record({
      elementId: text, ancestorElementInstanceKey: key,
      variableInstructions: few(fc.record({ variables: json, scopeId: text }, { requiredKeys: [] })),
    }, { requiredKeys: [] })),
    terminateInstructions: few(fc.record({ elementInstanceKey: key }, { requiredKeys: [] })),
  }, { requiredKeys: [] }),
  MigrateProcessInstance: fc.record({
    processInstanceKey: key,
    migrationPlan: fc.record({
      targetProcessDefinitionKey: key,
      mappingInstructions: few(fc.record({ sourceElementId: text, targetElementId: text }, { requiredKeys: [] })),
    }, { requiredKeys: [] }),
  }, { requiredKeys: [] }),
  PublishMessage: fc.record({
    name: text, correlationKey: text, timeToLive: key, messageId: text, variables: json, tenantId: tenant,
  }, { requiredKeys: [] }),
  BroadcastSignal: fc.record({ signalName: text, variables: json, tenantId: tenant }, { requiredKeys: [] }),
  EvaluateDecision: fc.record({ decisionKey: key, decisionId: text, variables: json, tenantId: tenant }, { requiredKeys: [] }),
  CompleteJob: fc.record({ jobKey: key, variables: json }, { requiredKeys: [] }),
  FailJob: fc.record({ jobKey: key, retries: number, errorMessage: text, retryBackOff: key, variables: json }, { requiredKeys: [] }),
  ThrowError: fc.record({ jobKey: key, errorCode: text, errorMessage: text, variables: json }, { requiredKeys: [] }),
  UpdateJobRetries: fc.record({ jobKey: key, retries: number }, { requiredKeys: [] }),
  UpdateJobTimeout: fc.record({ jobKey: key, timeout: key }, { requiredKeys: [] }),
  SetVariables: fc.record({ elementInstanceKey: key, variables: json, local: fc.boolean() }, { requiredKeys: [] }),
  ResolveIncident: fc.record({ incidentKey: key }, { requiredKeys: [] }),
  ActivateJobs: fc.record({
    type: text, worker: text, timeout: key, maxJobsToActivate: number, fetchVariable: few(text), requestTimeout: wait,
    tenantIds: few(tenant),
  }, { requiredKeys: ['requestTimeout'] }),
  StreamActivatedJobs: fc.record({
    type: text, worker: text, timeout: key, fetchVariable: few(text), tenantIds: few(tenant),
  }, { requiredKeys: [] }),
}

/** A result that is not there in time is what its client asked for. */
const inWords = [status.INVALID_ARGUMENT, status.NOT_FOUND, status.ALREADY_EXISTS, status.FAILED_PRECONDITION, status.DEADLINE_EXCEEDED]

/** How the gateway takes one request. A stream that is let in stays open until it is known to be. */
async function answerTo(method: string, request: object): Promise<status> {
  if (method === 'StreamActivatedJobs') {
    const { stream, ended } = openStream(wire, request)
    const answer = await Promise.race([ended, call(wire, 'Topology', {}).then(() => status.OK)])
    stream.cancel()
    return answer
  }
  const answered = method === 'ActivateJobs' ? poll(wire, request).ended : call(wire, method, request)
  return answered.then(() => status.OK, (error: ServiceError) => error.code)
}

/** The same, or `silence`. */
async function withinTime(method: string, request: object): Promise<status | 'silence'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silence'>((resolve) => { timer = setTimeout(resolve, ANSWER_WITHIN_MS, 'silence') })
  return Promise.race([answerTo(method, request), silence]).finally(() => clearTimeout(timer))
}

test('every call has its odd requests', () => {
  expect(Object.keys(calls).sort()).toEqual(Object.keys(gatewayProtocol().service).sort())
})

test('an odd request is answered or refused in words, whichever call it is', async () => {
  const one = fc.oneof(...Object.entries(calls).map(([method, arbitrary]) => arbitrary.map((request) => ({ method, request }))))

  await fc.assert(fc.asyncProperty(one, async ({ method, request }) => {
    expect([status.OK, ...inWords]).toContain(await withinTime(method, request))
  }), { seed, numRuns: requests })

  const { processId } = await deployed(wire, 'pass-through')
  expect(await start(wire, processId)).toMatch(/^\d+$/)
}, 60_000)
