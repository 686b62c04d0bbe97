import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase } from '../../server/cases/openCase.ts'
import { listTasks } from '../../server/cases/listTasks.ts'
import { bindings, listStatement, type TaskListQuery } from '../../server/cases/store/taskListStatement.ts'
import { openPool } from '../../server/db/pool.ts'
import { petition } from '../support/filing.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

// 20,000 open tasks over three units and a hundred holders, and as many finished ones.
beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  await town.contextFor(visitor()).db.transaction(async (trx) => {
    await trx.raw(
      `INSERT INTO tasks (tenant_id, id, case_id, job_key, element_id, element_instance_key, unit_id, unit_named,
                          role, holder, status, due_at, created_at, proved_at)
       SELECT current_tenant(), gen_random_uuid(), :caseId, 'job ' || n, 'triage', 'element ' || n,
              (ARRAY['registry', 'citizen-service', 'mail-room'])[1 + n % 3], n % 50 <> 0,
              CASE WHEN n % 50 = 0 THEN 'registrar' END,
              CASE WHEN n % 3 = 0 THEN 'clerk ' || n % 100 END,
              CASE WHEN n <= 20000 THEN 'open' ELSE 'completed' END,
              timestamptz '2026-11-24' + n % 1000 * interval '1 hour', now(), now()
       FROM   generate_series(1, 40000) AS n`,
      { caseId: filed.id },
    )
  })
  const owner = openPool(town.database.ownerUrl, { max: 1 })
  await owner.raw('ANALYZE tasks')
  await owner.destroy()
})

afterAll(() => town.close())

test.each<[string, TaskListQuery['scope'], string[]]>([
  ['my own tasks', { kind: 'holder', holder: 'clerk 42' }, ['tasks_open_of_holder']],
  [
    'the tasks of my units and roles',
    { kind: 'groups', units: ['registry', 'mail-room'], roles: ['registrar'], ownRolesOnly: false, freeOnly: false },
    ['tasks_open_of_unit', 'tasks_open_of_role'],
  ],
  [
    'what nobody has taken',
    { kind: 'groups', units: ['citizen-service'], roles: [], ownRolesOnly: false, freeOnly: true },
    ['tasks_open_of_unit'],
  ],
  [
    'what asks for my role alone',
    { kind: 'groups', units: ['citizen-service'], roles: ['registrar'], ownRolesOnly: true, freeOnly: false },
    ['tasks_open_of_unit', 'tasks_open_of_role'],
  ],
  ['all tasks of the town', { kind: 'town' }, ['tasks_open']],
])('%s are read from an index, whatever their number', async (_list, scope, indexes) => {
  const query: TaskListQuery = {
    scope,
    searchKey: '',
    limit: 50,
    after: { dueAt: new Date('2026-12-01T00:00:00Z'), id: '00000000-0000-0000-0000-000000000000' },
  }

  const plan = await planOf(query)

  for (const index of indexes) expect(plan).toContain(`using ${index} `)
  expect(plan).not.toContain('Seq Scan on tasks')
  expect(plan).not.toMatch(/Sort[^\n]*\n[^\n]*\n[^\n]*Seq Scan/)
})

test('a page of 20,000 tasks is there before a person notices', async () => {
  const vesna = town.contextFor(clerk(town, 'vesna.radic'))

  const startedAt = performance.now()
  const { rows, counts } = await listTasks(vesna, { list: 'unit', q: '', limit: 50 })

  expect(rows).toHaveLength(50)
  expect(counts.unit).toBe(20_000)
  // Generous: two cores shared with other tests.
  expect(performance.now() - startedAt).toBeLessThan(1500)
})

async function planOf(query: TaskListQuery): Promise<string> {
  return town.contextFor(visitor()).db.transaction(async (trx) => {
    const { rows } = await trx.raw(`EXPLAIN ${listStatement(query)}`, bindings(query))
    return rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n')
  })
}
