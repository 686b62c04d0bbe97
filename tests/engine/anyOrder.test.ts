import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { Refusal } from '../../server/base/errors.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { decisions, diagram, takeJobs } from './support.ts'

const diagrams = [
  'municipal-request', 'parallel-gateway', 'sub-process', 'boundary-message-repeating', 'boundary-message-interrupting', 'boundary-timer-cycle',
  'boundary-error', 'error-end', 'terminate-end', 'message-catch', 'message-start', 'timer-catch', 'exclusive-gateway-no-default', 'mappings',
  'event-gateway', 'event-sub-process-withdrawal', 'event-sub-process-error', 'link',
  'multi-instance-condition', 'multi-instance-sub-process', 'call-activity', 'nested-scopes',
  'escalation-boundary', 'escalation-event-sub-process', 'escalation-called', 'escalation-call-activity',
  'compensation', 'compensation-of-one', 'compensation-active', 'compensation-sub-process', 'compensation-multi-instance', 'compensation-inside',
  'compensation-terminated', 'compensation-event-sub-process', 'compensation-interrupted', 'compensation-called', 'compensation-call-activity',
  'event-sub-process-kinds', 'event-sub-process-interrupting-timer', 'event-sub-process-deep', 'error-levels', 'error-call-activity',
  'terminate-sub-process', 'terminate-multi-instance', 'boundary-waiting', 'boundary-multi-instance', 'completion-held', 'multi-instance-call-activity',
  'multi-instance-sequential', 'business-rule-task',
  'signal-catch', 'signal-start', 'signal-boundary', 'signal-event-sub-process', 'signal-event-gateway', 'signal-throw', 'signal-end',
  'many-starts', 'timer-start-cycle', 'boundary-timer-cron',
]
const types = ['work', 'left', 'right', 'after', 'first', 'second', 'file', 'remind', 'stop', 'explain', 'close', 'check-request', 'io.camunda.zeebe:userTask', 'deliver-act', 'small', 'large', 'more', 'report', 'read', 'ask', 'inner', 'hear', 'notify', 'record', 'book', 'pay', 'cancel', 'refund', 'rent', 'return', 'travel', 'write', 'send', 'invite', 'apologize', 'inside', 'note', 'forget', 'undoInner', 'repair', 'close', 'answer', 'escalate', 'by-hand', 'by-day', 'by-date']
const messages = ['payment-received', 'supplement-arrived', 'request-withdrawn', 'request-filed', 'answer-arrived', 'question-asked']
const signals = ['register-open', 'office-closed', 'office-moved']

const index = fc.nat(1000)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), which: index }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('complete' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), which: index, retries: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('throw' as const), which: index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), which: index, key: fc.nat(2), lives: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('broadcast' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), days: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resolve' as const), which: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('modify' as const), which: index, activate: fc.array(index, { maxLength: 2 }), terminate: fc.array(index, { maxLength: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('migrate' as const), which: index, to: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)

type Store = ReturnType<typeof memoryStore>

test('whatever happens in whatever order, nothing waits for what is gone and nothing is left of what ended', async () => {
  const resources = new Map(await Promise.all([...diagrams, 'called-process'].map(async (name) => [name, await diagram(name)] as const)))
  const fees = await decisions('extract-fee')
  // A few at a time, so that each of them gets somewhere.
  const some = fc.shuffledSubarray(diagrams, { minLength: 3, maxLength: 3 })
  await fc.assert(fc.asyncProperty(some, fc.array(step, { minLength: 20, maxLength: 100 }), async (names, steps) => {
    const store = memoryStore()
    const clock = new MovableClock()
    // So little memory that nearly everything is loaded again and again.
    const open = (): Promise<Engine> => startEngine({ store, clock, limits: { instances: 2, correlations: 1 } })
    let engine = await open()
    const moved = new Set<string>()
    try {
      await engine.deploy([...['called-process', ...names].map((name) => resources.get(name)!), fees])
      for (const each of steps) {
        if (each.do === 'restart') {
          await engine.close()
          engine = await open()
        } else await act(engine, store, clock, each, names, moved)
      }
      await engine.idle()
      checkReferences(store, moved)
      clock.advance(86_400_000) // else a buffered message would start the next case when one is canceled
      await engine.idle()
      for (const { key } of store.rows('instances')) await engine.cancelInstance({ processInstanceKey: key }).catch(refusalIsFine)
      await engine.idle()
      checkEmpty(store)
    } finally {
      await engine.close()
    }
  }), { numRuns: 100 })
}, 120_000)

/** `moved` takes the keys of instances that were brought by hand to where the flow may not lead. */
async function act(
  engine: Engine, store: Store, clock: MovableClock, each: Exclude<typeof step extends fc.Arbitrary<infer S> ? S : never, { do: 'restart' }>,
  names: string[], moved: Set<string>,
): Promise<void> {
  try {
    switch (each.do) {
      case 'start': {
        const variables = { caseId: String(each.which % 3), term: 'P3D', amount: each.which % 200, applicant: { name: 'Ana' }, offices: ['water', 'roads'], kind: 'process', state: 'open', guests: ['Ana', 'Boris'], dueAt: '2026-11-26T08:00:00Z', code: each.which % 2 ? 'late' : 'stop' }
        await engine.createInstance({ bpmnProcessId: names[each.which % names.length]!, variables: JSON.stringify(variables) })
        return
      }
      case 'publish':
        await engine.publishMessage({
          name: messages[each.which % messages.length]!, correlationKey: String(each.key), timeToLive: each.lives ? 3_600_000 : 0, messageId: each.lives ? String(each.which % 5) : '',
        })
        return
      case 'broadcast':
        await engine.broadcastSignal({ signalName: signals[each.which % signals.length]! })
        return
      case 'advance':
        clock.advance(each.days * 86_400_000)
        return await engine.idle()
      case 'cancel':
        return await engine.cancelInstance({ processInstanceKey: pick(store.rows('instances'), each.which)?.key ?? '1' })
      case 'modify': {
        const { key: processInstanceKey, xml } = instanceAndDiagram(store, each.which)
        const elements = idsIn(xml, 'serviceTask|userTask|subProcess|callActivity|parallelGateway|endEvent|intermediateCatchEvent|startEvent')
        const live = [...store.rows('jobs').map((row) => [row.instanceKey, row.elementKey]), ...store.rows('elements').map((row) => [row.instanceKey, row.key])]
          .flatMap(([instanceKey, key]) => (instanceKey === processInstanceKey ? [key!] : []))
        moved.add(processInstanceKey)
        return await engine.modifyInstance({
          processInstanceKey,
          activateInstructions: each.activate.map((which) => ({
            elementId: pick(elements, which) ?? 'nothing', ancestorElementInstanceKey: which % 3 === 0 ? pick(live, which) : undefined,
          })),
          terminateInstructions: each.terminate.flatMap((which) => (live.length > 0 ? [{ elementInstanceKey: pick(live, which)! }] : [])),
        })
      }
      case 'migrate': {
        const { key: processInstanceKey, xml } = instanceAndDiagram(store, each.which)
        const target = pick(store.rows('definitions'), each.to)!
        // Each element of the former to one of the same id, or to whatever there is of its kind.
        const mappingInstructions = ['serviceTask', 'userTask', 'subProcess'].flatMap((kind) => idsIn(xml, kind).flatMap((sourceElementId, position) => {
          const there = idsIn(target.xml, kind)
          const targetElementId = there.includes(sourceElementId) ? sourceElementId : pick(there, position)
          return targetElementId ? [{ sourceElementId, targetElementId }] : []
        }))
        moved.add(processInstanceKey)
        return await engine.migrateInstance({ processInstanceKey, targetProcessDefinitionKey: target.key, mappingInstructions })
      }
      case 'resolve':
        return await engine.resolveIncident({ incidentKey: pick(store.rows('incidents'), each.which)?.key ?? '1' })
      default: {
        const [job] = await takeJobs(engine, types[each.which % types.length]!, 1)
        const jobKey = job?.key ?? pick(store.rows('jobs'), each.which)?.key ?? '1'
        if (each.do === 'complete') return await engine.completeJob({ jobKey, variables: each.which % 2 ? '{"complete":true,"caseId":"1"}' : '{}' })
        if (each.do === 'fail') return await engine.failJob({ jobKey, retries: each.retries, retryBackOff: each.which })
        return await engine.throwError({ jobKey, errorCode: ['not-entitled', 'no', 'other'][each.which % 3]! })
      }
    }
  } catch (error) {
    refusalIsFine(error)
  }
}

function instanceAndDiagram(store: Store, which: number): { key: string; xml: string } {
  const instance = pick(store.rows('instances'), which)
  const definition = store.rows('definitions').find((row) => row.key === instance?.definitionKey)
  return { key: instance?.key ?? '1', xml: definition?.xml ?? '' }
}

function idsIn(xml: string, kinds: string): string[] {
  return [...xml.matchAll(new RegExp(`<bpmn:(?:${kinds}) id="(\\w+)"`, 'g'))].map(([, id]) => id!)
}

// To refuse is a good answer, too: what was asked may make no sense at that moment.
function refusalIsFine(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

function pick<T>(rows: T[], which: number): T | undefined {
  return rows[which % Math.max(rows.length, 1)]
}

function checkReferences(store: Store, moved: ReadonlySet<string>): void {
  const bodies = new Map(store.rows('instances').map((row) => [row.key, row]))
  const jobs = new Set(store.rows('jobs').map((row) => row.key))
  for (const row of bodies.values()) for (const key of row.jobKeys) expect(jobs.has(key)).toBe(true)
  for (const table of ['jobs', 'timers', 'subscriptions', 'signalSubscriptions', 'elements'] as const) {
    for (const { key, instanceKey } of store.rows(table)) expect(bodies.get(instanceKey)?.body, `${table} ${key} of a live instance`).toContain(key)
  }
  for (const { key, instanceKey } of store.rows('incidents')) expect(bodies.get(instanceKey)?.body).toContain(key)
  for (const { instanceKey, ended } of store.rows('messageStarts')) {
    expect(ended).toBe(false)
    expect(bodies.has(instanceKey)).toBe(true)
  }
  for (const { opening } of store.rows('subscriptions')) expect(opening).toBe(false)
  // Every live instance waits for something, or for a person to mend it. A token that was moved may miss its others at a join for ever.
  for (const { key, body } of bodies.values()) {
    const waits = (['jobs', 'timers', 'subscriptions', 'signalSubscriptions', 'incidents'] as const).some((table) => store.rows(table).some((row) => row.instanceKey === key))
    const called = [...bodies.values()].some((each) => each.body.includes(`"instanceKey":"${key}"`))
    const misses = moved.has(key) && /\[\["f\d+",\d+\]/.test(body)
    expect(waits || called || misses).toBe(true)
  }
}

function checkEmpty(store: Store): void {
  for (const table of ['instances', 'jobs', 'timers', 'subscriptions', 'signalSubscriptions', 'broadcasts', 'elements', 'incidents', 'messages', 'messageStarts'] as const) {
    expect(store.rows(table), table).toEqual([])
  }
}
