import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { addAudit } from '../../server/cases/audit.ts'
import { checkAudit } from '../../server/cases/operation/checkAudit.ts'
import { makeLog } from '../../server/base/log.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeEach(async () => {
  town = await testTown()
  for (let entry = 1; entry <= 1003; entry += 1) await addSome(entry)
})

afterEach(() => town.close())

const addSome = (entry: number) =>
  town.contextFor(visitor()).db.transaction((trx) =>
    addAudit(trx, town.contextFor(visitor()), { action: 'test.note', subject: `thing ${entry}`, facts: { b: 1, a: [2, { d: 3, c: 4 }] } }))
const administrator = (lines: string[] = []) =>
  ({ ...town.contextFor(clerk(town, 'nikola.duvnjak')), log: makeLog({}, (line) => lines.push(line)) })

/** As somebody with the whole machine in their hands would: no trigger, no wall. */
async function tamper(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: town.database.superUrl })
  await client.connect()
  await client.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_is_append_only')
  await client.query(statement)
  await client.query('ALTER TABLE audit_entries ENABLE TRIGGER audit_is_append_only')
  await client.end()
}

test('a whole chain is said to be whole; the first broken entry is found, told in the log, and by the command too', async () => {
  const lines: string[] = []
  const whole = await checkAudit(administrator(lines))
  const told = await command()

  await tamper(`UPDATE audit_entries SET facts = '{"a": 1}' WHERE tenant_id = 'sombor' AND sequence = 700`)
  const changed = await checkAudit(administrator(lines))
  const toldBroken = await command()

  expect(whole).toEqual({ entries: 1003, brokenAt: null, seal: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  expect(told).toEqual({ code: 0, out: `sombor: whole, 1003 entries sound, seal ${whole.seal}\n` })
  expect(changed).toMatchObject({ entries: 699, brokenAt: 700n })
  expect(toldBroken).toMatchObject({ code: 1, out: expect.stringContaining('sombor: BROKEN at entry 700, 699 entries sound') as string })
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: 'error', event: 'audit-broken', at: '700', sound: 699 }])
})

test('an entry taken out, a reason written anew and a hash made to fit are all found; a cut end shows by the seal', async () => {
  const { seal } = await checkAudit(administrator())

  await tamper(`DELETE FROM audit_entries WHERE tenant_id = 'sombor' AND sequence > 1000`)
  const cut = await checkAudit(administrator())
  await tamper(`UPDATE audit_entries SET reason = 'another' WHERE tenant_id = 'sombor' AND sequence = 900`)
  const reworded = await checkAudit(administrator())
  await tamper(`DELETE FROM audit_entries WHERE tenant_id = 'sombor' AND sequence = 500`)
  const gap = await checkAudit(administrator())
  await tamper(`UPDATE audit_entries SET actor = 'nobody', hash = sha256('x') WHERE tenant_id = 'sombor' AND sequence = 3`)
  const forged = await checkAudit(administrator())

  expect(cut).toMatchObject({ entries: 1000, brokenAt: null })
  expect(cut.seal).not.toBe(seal)
  expect([reworded.brokenAt, gap.brokenAt, forged.brokenAt]).toEqual([900n, 501n, 3n])
})

test('whoever may not check the audit is told so', async () => {
  await expect(checkAudit(town.contextFor(clerk(town, 'ana.kovac')))).rejects.toMatchObject({ code: 'not-allowed' })
})

/** `npm run audit`, as an operator would run it. */
function command(): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DATABASE_URL: town.database.appUrl }
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/audit.ts'], { env })
    let out = ''
    child.stdout.on('data', (part) => (out += String(part)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out }))
  })
}
