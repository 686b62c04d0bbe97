import { expect } from 'vitest'
import { readBpmn } from '../../../server/engine/model/readBpmn.ts'
import type { ProcessModel } from '../../../server/engine/model/executable.ts'
import { readInstance } from '../../../server/engine/state/instanceBody.ts'
import type { WritableElement } from '../../../server/engine/state/instance.ts'
import type { memoryStore } from '../../../server/engine/store/memoryStore.ts'
import type { TableName } from '../../../server/engine/store/rows.ts'

type Rows = ReturnType<typeof memoryStore>

const liveTables: readonly TableName[] = ['instances', 'elements', 'jobs', 'timers', 'subscriptions', 'signalSubscriptions', 'incidents', 'messageStarts']

/** What must hold of the rows whenever nothing is under way. */
export async function checkInvariants(rows: Rows): Promise<void> {
  const models = await modelsOf(rows)
  const instances = rows.rows('instances').map((row) => readInstance(row, models.get(row.definitionKey)!))
  const elements = new Map<string, WritableElement>(instances.flatMap((each) => [...each.elements]))
  const expected = {
    jobs: new Set<string>(), timers: new Set<string>(), subscriptions: new Set<string>(), signalSubscriptions: new Set<string>(),
    incidents: new Set<string>(),
  }
  for (const instance of instances) {
    for (const element of instance.elements.values()) {
      if (element.scope) expect(instance.elements.get(element.scope.key), 'a scope that lives').toBe(element.scope)
      if (element.jobKey) expected.jobs.add(element.jobKey)
      if (element.incidentKey) expected.incidents.add(element.incidentKey)
      for (const { key } of element.timers) expected.timers.add(key)
      for (const { key } of element.messages) expected.subscriptions.add(key)
      for (const { key } of element.signals) expected.signalSubscriptions.add(key)
      if (element.throwKey) expect(instance.elements.get(element.throwKey), `who waits for ${element.node.id}`).toBeDefined()
      checkNoTokenLost(element, instance.elements)
    }
  }
  // Row by row both ways: nothing waits for what is gone, nothing that waits is forgotten.
  for (const table of ['jobs', 'timers', 'subscriptions', 'signalSubscriptions', 'incidents'] as const) {
    expect(new Set(rows.rows(table).map(({ key }) => key)), table).toEqual(expected[table])
  }
  for (const { instanceKey, elementKey } of rows.rows('jobs')) expect(elements.get(elementKey), `a task of ${instanceKey}`).toBeDefined()
  for (const { opening } of rows.rows('subscriptions')) expect(opening, 'a subscription that was looked through').toBe(false)
  expect(rows.rows('broadcasts'), 'signals that have not reached everybody').toEqual([])
}

/** After every instance has ended nothing is left of them but their history. */
export function checkNothingLeft(rows: Rows): void {
  expect(rows.rows('instances').map(({ body }) => body), 'instances that never end').toEqual([])
  for (const table of liveTables) expect(rows.rows(table), table).toEqual([])
}

/** An element that lives waits for something: a job, an event, what is inside it or called or undone for it, or somebody to mend it. */
function checkNoTokenLost(element: WritableElement, all: ReadonlyMap<string, WritableElement>): void {
  const { jobKey, incidentKey, calledKey, timers, messages, signals, children, arrivals } = element
  const holds = [...all.values()].filter((each) => each.scope === element).length
  expect(holds, `children of ${element.node.id}`).toBe(children)
  const undoing = [...all.values()].filter((each) => each.throwKey === element.key).length
  const waits = jobKey ?? incidentKey ?? calledKey ?? (timers.length + messages.length + signals.length + children + undoing > 0 || null)
  expect(waits, `what ${element.node.id} waits for`).not.toBeNull()
  // Tokens at a join wait for others in the same scope; alone they would wait for ever.
  if (arrivals.size > 0) expect(children, `tokens at joins of ${element.node.id}`).toBeGreaterThan(0)
}

async function modelsOf(rows: Rows): Promise<Map<string, ProcessModel>> {
  const models = new Map<string, ProcessModel>()
  for (const { key, processId, xml } of rows.rows('definitions')) {
    const { processes } = await readBpmn(xml)
    models.set(key, processes.find(({ id }) => id === processId)!)
  }
  return models
}
