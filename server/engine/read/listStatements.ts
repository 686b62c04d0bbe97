import type { JobState } from '../store/rows.ts'
import type { EndedInstance, Filters, ListName, Stretch } from './reader.ts'

export interface Statement {
  text: string
  values: unknown[]
}

/** Jobs that will not go on by themselves; the partial index `jobs_failed` has these and no others. */
const FAILED: readonly JobState[] = ['failed', 'error-thrown']

/** The keys of a stretch of a list, by an index whatever the filter. */
export function keysStatement<List extends ListName>(list: List, filter: Filters[List], stretch: Stretch): Statement {
  const values: unknown[] = []
  const bind = binder(values)
  const source = sources[list](filter, bind)
  return { text: source.each ? stretchOfEach(source, source.each, stretch, bind) : stretchOfAll(source, stretch, bind), values }
}

function stretchOfAll({ from, key, where }: Source, { after, order, limit }: Stretch, bind: Bind): string {
  const bounded = after === undefined ? where : [...where, `${key} ${order === 'ASC' ? '>' : '<'} ${bind(after)}::bigint`]
  return `SELECT ${key} AS key FROM ${from} ${whereOf(bounded)} ORDER BY ${key} ${order} LIMIT ${bind(limit)}`
}

// An index has the instances of each definition in the order of their keys, but not those of several: the first ones of each are
// merged. Rows are compared as pairs, because the planner would see in "of this definition, by key" an invitation to walk through
// all instances by key until it has met enough of the definition's.
function stretchOfEach({ from, key, where }: Source, { column, values }: Each, { after, order, limit }: Stretch, bind: Bind): string {
  const most = bind(limit)
  const pair = `(${column}, ${key})`
  const past = after === undefined ? undefined : `(one.value, ${bind(after)}::bigint)`
  const first = (order === 'ASC' && past) || '(one.value, 0)'
  const end = (order === 'DESC' && past) || '(one.value + 1, 0)'
  return `
    SELECT found.key FROM unnest(${values}::bigint[]) AS one (value)
    CROSS JOIN LATERAL (
      SELECT ${key} AS key FROM ${from} ${whereOf([...where, `${pair} > ${first}`, `${pair} < ${end}`])}
      ORDER BY ${column} ${order}, ${key} ${order} LIMIT ${most}
    ) AS found
    ORDER BY found.key ${order} LIMIT ${most}`
}

/** How many a list has, as `count`, counting no further than to `most`. */
export function countStatement<List extends ListName>(list: List, filter: Filters[List], most: number): Statement {
  const values: unknown[] = []
  const bind = binder(values)
  const { from, key, where, each } = sources[list](filter, bind)
  const conditions = each ? [...where, `${each.column} = ANY (${each.values}::bigint[])`] : where
  const text = `SELECT count(*)::int AS count FROM (SELECT ${key} FROM ${from} ${whereOf(conditions)} LIMIT ${bind(most)}) AS counted`
  return { text, values }
}

/** Where a list is found. */
interface Source {
  from: string
  key: string
  where: string[]
  each?: Each
}

/** To be looked through value by value. */
interface Each {
  column: string
  values: string
}

type Bind = (value: unknown) => string

const sources: { [List in ListName]: (filter: Filters[List], bind: Bind) => Source } = {
  active({ keys, definitionKeys, withIncident }, bind) {
    if (withIncident) return withIncidents(keys, definitionKeys, bind)
    return instances({ from: 'engine.instances n', key: 'n.key', where: [] }, 'n.definition_key', keys, definitionKeys, bind)
  },

  completed: ({ keys, definitionKeys }, bind) => instances(ended('completed'), 'h.definition_key', keys, definitionKeys, bind),
  terminated: ({ keys, definitionKeys }, bind) => instances(ended('terminated'), 'h.definition_key', keys, definitionKeys, bind),

  incidents: ({ keys, instanceKeys, definitionKeys }, bind) => ({
    from: `engine.incidents i ${definitionKeys ? ofInstance('i') : ''}`,
    key: 'i.key',
    where: [
      ...isAny('i.key', keys, bind), ...isAny('i.instance_key', instanceKeys, bind), ...isAny('n.definition_key', definitionKeys, bind),
    ],
  }),

  jobs: ({ keys, instanceKeys, definitionKeys, states, types }, bind) => ({
    from: `engine.jobs j ${definitionKeys ? ofInstance('j') : ''}`,
    key: 'j.key',
    where: [
      ...isAny('j.key', keys, bind),
      ...(instanceKeys ? [`j.key = ANY (ARRAY(${jobKeysOf(bind(instanceKeys))}))`] : []),
      // Spelled out, because the planner takes a partial index only for a condition it can see.
      ...(states?.every((each) => FAILED.includes(each)) ? [`j.state IN ('failed', 'error-thrown')`] : []),
      ...(states ? [`j.state = ANY (${bind(states)}::text[])`] : []),
      ...(types ? [`j.type = ANY (${bind(types)}::text[])`] : []),
      ...isAny('n.definition_key', definitionKeys, bind),
    ],
  }),
}

// The outcome is spelled out for the partial indexes, as above.
const ended = (outcome: EndedInstance['outcome']): Source =>
  ({ from: 'engine.history h', key: 'h.instance_key', where: [`h.outcome = '${outcome}'`] })

const jobKeysOf = (instanceKeys: string): string =>
  `SELECT unnest(job_keys) FROM engine.instances WHERE key = ANY (${instanceKeys}::bigint[])`

type Keys = readonly string[] | undefined

function instances(source: Source, definition: string, keys: Keys, definitionKeys: Keys, bind: Bind): Source {
  const where = [...source.where, ...isAny(source.key, keys, bind)]
  if (!definitionKeys) return { ...source, where }
  if (keys) return { ...source, where: [...where, ...isAny(definition, definitionKeys, bind)] }
  return { ...source, where, each: { column: definition, values: bind(definitionKeys) } }
}

// One row per incident would name an instance more than once.
function withIncidents(keys: Keys, definitionKeys: Keys, bind: Bind): Source {
  const distinct = '(SELECT DISTINCT instance_key FROM engine.incidents) AS i'
  return {
    from: `${distinct} ${definitionKeys ? ofInstance('i') : ''}`,
    key: 'i.instance_key',
    where: [...isAny('i.instance_key', keys, bind), ...isAny('n.definition_key', definitionKeys, bind)],
  }
}

// What has gone wrong is walked in order, asking each for its instance: OFFSET 0 keeps the planner from turning this round
// and walking all instances of a definition. It is as long as people have let incidents pile up.
const ofInstance = (alias: string): string =>
  `CROSS JOIN LATERAL (SELECT definition_key FROM engine.instances WHERE key = ${alias}.instance_key OFFSET 0) AS n`

const isAny = (column: string, keys: Keys, bind: Bind): string[] => (keys ? [`${column} = ANY (${bind(keys)}::bigint[])`] : [])

const whereOf = (conditions: string[]): string => (conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '')

const binder = (values: unknown[]): Bind => (value) => `$${values.push(value)}`
