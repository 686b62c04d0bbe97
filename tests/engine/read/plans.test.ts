import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countStatement, keysStatement, type Statement } from '../../../server/engine/read/listStatements.ts'
import { MOST_STRETCHES, type Filters, type ListName } from '../../../server/engine/read/reader.ts'
import * as rows from '../../../server/engine/read/rowStatements.ts'
import { readerSettings } from '../../../server/engine/read/postgresReader.ts'
import { testDatabase, type TestDatabase } from '../../support/postgres.ts'

/** Instances that run, and as many that are over; one in 500 of those that run is held by an incident. */
const MANY = 30_000
const DEFINITIONS = 60
/** Of which there are five only. */
const RARE = String(DEFINITIONS + 1)
const PAGE = 50

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await testDatabase()
  const filler = new pg.Client({ connectionString: database.superUrl })
  await filler.connect()
  await filler.query(fill)
  await filler.end()
  client = new pg.Client({ connectionString: database.ownerUrl, options: readerSettings })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await database.close()
})

const ofOne = { definitionKeys: ['7'] }
const ofSome = { definitionKeys: ['7', '8', '9'] }
const deep = { after: String(MANY / 2) }

const lists: [string, { [List in ListName]: [List, Filters[List], { after?: string }?] }[ListName]][] = [
  ['all that run', ['active', {}]],
  ['all that run, far in', ['active', {}, deep]],
  ['those of a definition that run', ['active', ofOne, deep]],
  ['those of several definitions that run', ['active', ofSome]],
  ['those of a definition of which there are few', ['active', { definitionKeys: [RARE] }]],
  ['completed ones of a definition of which there are few', ['completed', { definitionKeys: [RARE] }]],
  ['some that run, by their keys', ['active', { keys: ['100', '200'] }]],
  ['those held by an incident', ['active', { withIncident: true, ...ofOne }]],
  ['completed ones', ['completed', {}]],
  ['completed ones of a definition', ['completed', ofOne, deep]],
  ['completed ones of several definitions', ['completed', ofSome]],
  ['canceled ones, which are few', ['terminated', {}]],
  ['canceled ones of a definition', ['terminated', ofOne]],
  ['all incidents', ['incidents', {}]],
  ['incidents of some definitions', ['incidents', ofSome]],
  ['incidents of an instance', ['incidents', { instanceKeys: ['500'] }]],
  ['all jobs, far in', ['jobs', {}, { after: String(2_000_000) }]],
  ['failed jobs', ['jobs', { states: ['failed'] }]],
  ['failed jobs of a type and of some definitions', ['jobs', { states: ['failed', 'error-thrown'], types: ['work'], ...ofSome }]],
  ['jobs of an instance', ['jobs', { instanceKeys: ['500'] }]],
]

describe(`with ${MANY} instances running and as many over`, () => {
  test.each(lists)('%s are found by an index, and no more rows are touched than there is to tell', async (_, [list, filter, from = {}]) => {
    for (const order of ['ASC', 'DESC'] as const) {
      const plan = await planOf(keysStatement(list, filter as never, { ...from, order, limit: PAGE }))

      expect(plan.scannedWhole).toEqual([])
      expect(plan.touched).toBeLessThan(1500)
    }
  })

  test.each(lists)('%s are counted no further than is asked', async (_, [list, filter]) => {
    const plan = await planOf(countStatement(list, filter as never, PAGE))

    expect(plan.scannedWhole).toEqual([])
    expect(plan.touched).toBeLessThan(1500)
  })

  test.each([
    ['running instances', rows.activeInstances, [['100', '200', '300']]],
    ['instances that are over', rows.endedInstances, [['40100', '40200', '40300']]],
    ['incidents', rows.incidents, [['3000500', '3001000']]],
    ['jobs', rows.jobs, [['2000500', '2001000']]],
    ['a whole instance', rows.wholeInstance, ['500']],
    ['the past of an instance', rows.pastOfInstance, ['40100']],
    ['definitions by key', rows.definitions, [['7'], null, null]],
    ['a diagram', rows.definitionXml, ['7']],
  ])('rows of %s are read by their keys', async (_, text, values) => {
    const plan = await planOf({ text, values: values as unknown[] })

    expect(plan.scannedWhole.filter((each) => each !== 'definitions')).toEqual([])
    expect(plan.touched).toBeLessThan(MOST_STRETCHES)
  })
})

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Index Cond'?: string
  'Plans'?: Node[]
}

/** Runs the statement: tables it read whole, and how many rows it read of tables and indexes. */
async function planOf({ text, values }: Statement): Promise<{ scannedWhole: string[]; touched: number }> {
  const { rows: [row] } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
  const nodes = flat(row!['QUERY PLAN'][0].Plan)
  const scans = nodes.filter((each) => each['Relation Name'])
  return {
    scannedWhole: scans.filter((each) => each['Node Type'] === 'Seq Scan').map((each) => each['Relation Name']!),
    touched: scans.reduce((sum, each) =>
      sum + each['Actual Loops'] * (each['Actual Rows'] + (each['Rows Removed by Filter'] ?? 0) + (each['Rows Removed by Index Recheck'] ?? 0)), 0),
  }
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)]
}

// Three months of those that are over. Keys of running ones end before those of the others begin, as is natural.
const month = 30 * 86_400_000
const fill = `
  CREATE TABLE engine.history_1 (LIKE engine.history INCLUDING ALL);
  CREATE TABLE engine.history_2 (LIKE engine.history INCLUDING ALL);
  ALTER TABLE engine.history ATTACH PARTITION engine.history_1 FOR VALUES FROM (0) TO (${month});
  ALTER TABLE engine.history ATTACH PARTITION engine.history_2 FOR VALUES FROM (${month}) TO (${2 * month});
  INSERT INTO engine.definitions (key, process_id, version, resource_name, checksum, deployed_at, message_starts, name, xml)
    SELECT n, 'town--' || n, 1, 'a.bpmn', '', 0, '[]', '', '' FROM generate_series(1, ${RARE}) AS n;
  INSERT INTO engine.instances (key, definition_key, job_keys, body)
    SELECT n, CASE WHEN n <= 5 THEN ${RARE} ELSE 1 + n % ${DEFINITIONS} END, ARRAY[2000000 + n], '[1,1,0,"",0,[],[],0]' FROM generate_series(1, ${MANY}) AS n;
  INSERT INTO engine.jobs (key, instance_key, element_key, type, state, retries, ready, due_at, worker, headers, error)
    SELECT 2000000 + n, n, 1999999 + n, 'work', CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'activatable' END, 1,
      CASE WHEN n % 500 = 0 THEN NULL ELSE n END, NULL, '', '{}', ''
    FROM generate_series(1, ${MANY}) AS n;
  INSERT INTO engine.incidents (key, instance_key, element_key, element_id, type, message, created_at)
    SELECT 3000000 + n, n, 1999999 + n, 'work', 'UNKNOWN', '', 0 FROM generate_series(500, ${MANY}, 500) AS n;
  INSERT INTO engine.history (instance_key, chunk, definition_key, process_id, version, outcome, written_at, body)
    SELECT ${MANY} + n, 0, CASE WHEN n <= 5 THEN ${RARE} ELSE 1 + n % ${DEFINITIONS} END, 'town--1', 1, CASE WHEN n % 5000 = 7 THEN 'terminated' ELSE 'completed' END,
      n::bigint * ${3 * month} / ${MANY}, '[0,0]' || E'\\x01[]\\x01{}'
    FROM generate_series(1, ${MANY}) AS n;
  ANALYZE engine.instances, engine.jobs, engine.incidents, engine.history, engine.definitions`
