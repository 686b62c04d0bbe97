/** The engine's tables, by hand: how each row lies in PostgreSQL and what tells it from its neighbors. */
import type { Rows, TableName } from './rows.ts'

export interface Column {
  field: string
  column: string
  /** SQL type; `ms` is a bigint that is read as a number. */
  type: 'bigint' | 'ms' | 'integer' | 'text' | 'boolean' | 'bigint[]'
}

export interface Table {
  name: string
  /** Fields that make a row the one it is. */
  identity: readonly string[]
  columns: readonly Column[]
}

const column = (type: Column['type']) => (field: string): Column => ({
  field,
  column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  type,
})
const key = column('bigint')
const ms = column('ms')
const integer = column('integer')
const text = column('text')
const boolean = column('boolean')
const keys = column('bigint[]')

export const tables: Record<TableName, Table> = {
  definitions: {
    name: 'engine.definitions',
    identity: ['key'],
    columns: [
      key('key'), text('processId'), integer('version'), text('resourceName'), text('checksum'), ms('deployedAt'), text('messageStarts'),
      text('signalStarts'), text('name'), text('xml'),
    ],
  },
  forms: {
    name: 'engine.forms',
    identity: ['key'],
    columns: [key('key'), text('formId'), integer('version'), text('resourceName'), text('checksum'), ms('deployedAt'), text('content')],
  },
  drgs: {
    name: 'engine.decision_requirements',
    identity: ['key'],
    columns: [
      key('key'), text('drgId'), text('name'), integer('version'), text('resourceName'), text('checksum'), ms('deployedAt'), text('xml'),
    ],
  },
  decisions: {
    name: 'engine.decisions',
    identity: ['key'],
    columns: [key('key'), text('decisionId'), text('name'), integer('version'), key('drgKey')],
  },
  deletedResources: {
    name: 'engine.deleted_resources',
    identity: ['key'],
    columns: [key('key'), ms('deletedAt')],
  },
  instances: {
    name: 'engine.instances',
    identity: ['key'],
    columns: [key('key'), key('definitionKey'), keys('jobKeys'), text('body')],
  },
  elements: {
    name: 'engine.elements',
    identity: ['key'],
    columns: [key('key'), key('instanceKey'), boolean('calling')],
  },
  jobs: {
    name: 'engine.jobs',
    identity: ['key'],
    columns: [
      key('key'), key('instanceKey'), key('elementKey'), text('type'), text('state'), integer('retries'), key('ready'), ms('dueAt'),
      text('worker'), text('headers'), text('error'),
    ],
  },
  timers: {
    name: 'engine.timers',
    identity: ['key'],
    columns: [key('key'), key('instanceKey'), ms('dueAt')],
  },
  startTimers: {
    name: 'engine.start_timers',
    identity: ['key'],
    columns: [key('key'), key('definitionKey'), text('elementId'), ms('dueAt'), text('period'), integer('timesLeft')],
  },
  subscriptions: {
    name: 'engine.subscriptions',
    identity: ['key'],
    columns: [key('key'), key('instanceKey'), text('processId'), text('messageName'), text('correlationKey'), boolean('opening')],
  },
  messages: {
    name: 'engine.messages',
    identity: ['key'],
    columns: [key('key'), text('name'), text('correlationKey'), text('messageId'), ms('dueAt'), text('variables'), text('correlated')],
  },
  messageStarts: {
    name: 'engine.message_starts',
    identity: ['correlationKey', 'processId'],
    columns: [text('correlationKey'), text('processId'), key('instanceKey'), boolean('ended')],
  },
  signalSubscriptions: {
    name: 'engine.signal_subscriptions',
    identity: ['key'],
    columns: [key('key'), key('instanceKey'), text('signalName')],
  },
  broadcasts: {
    name: 'engine.broadcasts',
    identity: ['key'],
    columns: [key('key'), text('signalName'), text('variables'), keys('starts'), key('reached')],
  },
  incidents: {
    name: 'engine.incidents',
    identity: ['key'],
    columns: [key('key'), key('instanceKey'), key('elementKey'), text('elementId'), text('type'), text('message'), ms('createdAt')],
  },
  history: {
    name: 'engine.history',
    identity: ['instanceKey', 'chunk', 'writtenAt'],
    columns: [
      key('instanceKey'), integer('chunk'), key('definitionKey'), text('processId'), integer('version'), text('outcome'), ms('writtenAt'),
      text('body'),
    ],
  },
}

export const tableNames = Object.keys(tables) as TableName[]

// A control character cannot stand in any text the engine accepts (see commands/readText.ts).
export const IDENTITY_SEPARATOR = '\u0001'

/** The text that tells a row from all others of its table. */
export function identityOf<T extends TableName>(table: T, row: Rows[T]): string {
  const fields = tables[table].identity
  const values = row as unknown as Record<string, string | number>
  return fields.length === 1 ? String(values[fields[0]!]) : fields.map((field) => values[field]).join(IDENTITY_SEPARATOR)
}
