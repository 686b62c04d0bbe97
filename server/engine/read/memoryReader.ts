import { compareKeys, keyAfter, type Key } from '../key.ts'
import type { memoryStore } from '../store/memoryStore.ts'
import type { HistoryRow } from '../store/rows.ts'
import { toActive, toEnded, toFoundJob, toWhole } from './foundRows.ts'
import { MOST_STRETCHES, type Filters, type ListName, type Reader, type View } from './reader.ts'

type MemoryRows = Pick<ReturnType<typeof memoryStore>, 'rows'>

/** Reads the rows of a memory store, with the same answers as from PostgreSQL. */
export function memoryReader(store: MemoryRows): Reader {
  const view = viewOf(store)
  return { read: (look) => look(view), async close() {} }
}

function viewOf({ rows }: MemoryRows): View {
  const definitionOf = (instanceKey: Key): Key | undefined => rows('instances').find((each) => each.key === instanceKey)?.definitionKey

  const isOfInstance = (
    { key, instanceKey }: { key: Key; instanceKey: Key }, { keys, instanceKeys, definitionKeys }: Filters['incidents'],
  ): boolean => isIn(key, keys) && isIn(instanceKey, instanceKeys) && (!definitionKeys || isIn(definitionOf(instanceKey), definitionKeys))

  const lists: { [List in ListName]: (filter: Filters[List]) => Key[] } = {
    active: ({ keys, definitionKeys, withIncident }) => rows('instances')
      .filter(({ key, definitionKey }) => isIn(key, keys) && isIn(definitionKey, definitionKeys))
      .filter(({ key }) => !withIncident || rows('incidents').some((each) => each.instanceKey === key))
      .map(({ key }) => key),
    completed: (filter) => ended('completed', filter),
    terminated: (filter) => ended('terminated', filter),
    incidents: (filter) => rows('incidents')
      .filter((row) => isOfInstance(row, filter))
      .map(({ key }) => key),
    jobs: ({ states, types, ...filter }) => rows('jobs')
      .filter((row) => isIn(row.state, states) && isIn(row.type, types) && isOfInstance(row, filter))
      .map(({ key }) => key),
  }

  function ended(outcome: HistoryRow['outcome'], { keys, definitionKeys }: Filters['completed']): Key[] {
    return rows('history')
      .filter((row) => row.outcome === outcome && isIn(row.instanceKey, keys) && isIn(row.definitionKey, definitionKeys))
      .map(({ instanceKey }) => instanceKey)
  }

  return {
    async keys(list, filter, { after, order, limit }) {
      const sign = order === 'ASC' ? 1 : -1
      const isBeyond = (key: Key): boolean => after === undefined || compareKeys(key, after) * sign > 0
      return lists[list](filter).filter(isBeyond).sort((a, b) => compareKeys(a, b) * sign).slice(0, limit)
    },

    count: async (list, filter, most) => Math.min(lists[list](filter).length, most),

    async definitions({ keys, processIds, processIdPrefix = '' }) {
      return rows('definitions')
        .filter(({ key, processId }) => isIn(key, keys) && isIn(processId, processIds) && processId.startsWith(processIdPrefix))
        .map(({ key, processId, version, resourceName, deployedAt, name }) => {
          const isDeleted = rows('deletedResources').some((each) => each.key === key)
          return { key, processId, version, resourceName, deployedAt, name, isDeleted }
        })
        .sort((a, b) => compareKeys(a.key, b.key))
    },

    definitionXml: async (key) => rows('definitions').find((each) => each.key === key)?.xml,

    active: async (keys) => rows('instances')
      .filter(({ key }) => keys.includes(key))
      .map(({ key, definitionKey, body }) => toActive({ key, definitionKey, head: body })),

    ended: async (keys) => rows('history').flatMap(({ instanceKey, definitionKey, processId, version, outcome, writtenAt, body }) =>
      (outcome === 'running' || !keys.includes(instanceKey) ? []
        : [toEnded({ key: instanceKey, definitionKey, processId, version, outcome, writtenAt, head: body })])),

    incidents: async (keys) => rows('incidents').filter(({ key }) => keys.includes(key)).map((row) => {
      const job = rows('jobs').find((each) => each.key === keyAfter(row.elementKey) && each.elementKey === row.elementKey)
      return { ...row, definitionKey: definitionOf(row.instanceKey)!, jobKey: job?.key ?? null }
    }),

    jobs: async (keys) => rows('jobs').filter(({ key }) => keys.includes(key)).map((row) => {
      const { definitionKey, body } = rows('instances').find((each) => each.key === row.instanceKey)!
      return toFoundJob({ ...row, definitionKey, head: body })
    }),

    async whole(key) {
      const stretches = rows('history').filter((each) => each.instanceKey === key).sort((a, b) => b.chunk - a.chunk)
      return toWhole(key, rows('instances').find((each) => each.key === key), stretches.slice(0, MOST_STRETCHES + 1))
    },
  }
}

function isIn<T>(value: T | undefined, values: readonly T[] | undefined): boolean {
  return values === undefined || (value !== undefined && values.includes(value))
}
