import { KEY_ZERO, compareKeys, type Key } from '../key.ts'
import type { Rows, TableName } from './rows.ts'
import { identityOf, tableNames } from './tables.ts'
import { keptSince, monthOf } from './months.ts'
import { DEFAULT_HISTORY_MONTHS, nothingFound, type DueKind, type DueRow, type HistoryOptions, type Store } from './store.ts'

/** Keeps rows for as long as the process lives. The same engine runs on it, for tests and for trying out a diagram. */
export function memoryStore(
  { historyMonths = DEFAULT_HISTORY_MONTHS }: HistoryOptions = {},
): Store & { rows<T extends TableName>(table: T): Rows[T][] } {
  const kept = Object.fromEntries(tableNames.map((name) => [name, new Map()])) as { [T in TableName]: Map<string, Rows[T]> }
  let lastKey = String(KEY_ZERO)

  const put = <T extends TableName>(table: T, rows: Rows[T][] = []): void => {
    for (const row of rows) kept[table].set(identityOf(table, row), row)
  }
  const all = <T extends TableName>(table: T): Rows[T][] => [...kept[table].values()]

  return {
    rows: all,

    async open() {
      return {
        lastKey,
        definitions: all('definitions'),
        forms: all('forms'),
        drgs: all('drgs'),
        decisions: all('decisions'),
        deletedResources: all('deletedResources'),
        startTimers: all('startTimers'),
        subscriptions: all('subscriptions').filter((each) => each.opening),
        messageStarts: all('messageStarts').filter((each) => each.ended),
        elements: all('elements').filter((each) => each.calling),
        broadcasts: all('broadcasts'),
      }
    },

    async load(wanted) {
      const found = nothingFound()
      const owners = wanted.instancesOf.map((key) =>
        kept.jobs.get(key)?.instanceKey ?? kept.incidents.get(key)?.instanceKey ?? kept.elements.get(key)?.instanceKey ?? key)
      for (const key of new Set([...wanted.instances, ...owners])) {
        const row = kept.instances.get(key)
        if (!row) continue
        found.instances.push(row)
        for (const jobKey of row.jobKeys) found.jobs.push(kept.jobs.get(jobKey)!)
      }
      if (wanted.correlationKeys.length > 0) {
        const keys = new Set(wanted.correlationKeys)
        const matching = <R extends { correlationKey: string }>(rows: R[]): R[] => rows.filter((row) => keys.has(row.correlationKey))
        found.correlations = {
          subscriptions: matching(all('subscriptions')),
          messages: matching(all('messages')),
          messageStarts: matching(all('messageStarts')),
        }
      }
      for (const { type, after, limit } of wanted.ready) {
        const jobs = all('jobs')
          .filter((job) => job.type === type)
          .flatMap(({ key, instanceKey, ready }) => (ready !== null && ready > after ? [{ key, instanceKey, ready }] : []))
          .sort((a, b) => compareKeys(a.ready, b.ready))
        found.ready.push({ type, jobs: jobs.slice(0, limit) })
      }
      if (wanted.running) {
        const { definitionKeys, except } = wanted.running
        found.running = definitionKeys.flatMap((definitionKey) => {
          const instance = all('instances').find((each) => each.definitionKey === definitionKey && !except.includes(each.key))
          return instance ? [{ definitionKey, instanceKey: instance.key }] : []
        })
      }
      if (wanted.receivers) {
        const { broadcastKey, signalName, after, limit } = wanted.receivers
        found.receivers = all('signalSubscriptions')
          .filter((each) => each.signalName === signalName && each.key > after && each.key < broadcastKey)
          .sort((a, b) => compareKeys(a.key, b.key))
          .slice(0, limit)
      }
      if (wanted.due) {
        const { limit } = wanted.due
        const first = (rows: DueRow[]): DueRow[] => rows.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit)
        const row = (kind: DueKind, key: Key, owner: string, dueAt: number | null): DueRow[] =>
          (dueAt === null ? [] : [{ kind, key, owner, dueAt }])
        found.due = [
          ...first(all('jobs').flatMap(({ key, instanceKey, dueAt }) => row('job', key, instanceKey, dueAt))),
          ...first(all('timers').flatMap(({ key, instanceKey, dueAt }) => row('timer', key, instanceKey, dueAt))),
          ...first(all('messages').flatMap(({ key, correlationKey, dueAt }) => row('message', key, correlationKey, dueAt))),
        ]
      }
      return found
    },

    definitionXml: async (keys) => xmlOf(kept.definitions, keys),
    drgXml: async (keys) => xmlOf(kept.drgs, keys),

    async commit(changes) {
      lastKey = changes.lastKey
      for (const table of tableNames) {
        for (const identity of changes.remove[table] ?? []) kept[table].delete(identity)
        put(table, changes.put[table] as Rows[typeof table][])
      }
    },

    async turnMonths(nowMs) {
      const since = keptSince(nowMs, historyMonths)
      for (const [identity, { writtenAt }] of kept.history) if (monthOf(writtenAt).until <= since) kept.history.delete(identity)
    },

    health: () => ({ silentMs: 0, isFull: false, isLost: false }),

    async close() {},
  }
}

function xmlOf(rows: ReadonlyMap<string, { xml: string }>, keys: readonly Key[]): Map<Key, string> {
  return new Map(keys.flatMap((key) => {
    const row = rows.get(key)
    return row ? [[key, row.xml] as const] : []
  }))
}
