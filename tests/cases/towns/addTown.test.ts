import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../../server/cases/context.ts'
import { verifyAudit } from '../../../server/cases/audit.ts'
import { addTown } from '../../../server/cases/towns/addTown.ts'
import { changeTown } from '../../../server/cases/towns/changeTown.ts'
import { emblemOf } from '../../../server/cases/towns/emblem.ts'
import type { TownGiven } from '../../../server/cases/towns/newTown.ts'
import { trainingCopy } from '../../../server/cases/towns/trainingCopy.ts'
import { setUpTown } from '../../../server/cases/shelf.ts'
import { listTowns } from '../../../server/cases/store/townRows.ts'
import type { StaffDirectory } from '../../../server/identity/staffDirectory.ts'
import { clerk, testTown, type TestTown } from '../../support/town.ts'

let town: TestTown
/** What Keycloak would have been asked; the real one is in tests/identity/staffDirectory.test.ts. */
let groups: Record<string, readonly string[]>

beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

function contextOf(username: string): Context {
  const context = town.contextFor(clerk(town, username))
  groups = {}
  const staff: StaffDirectory = {
    ...context.installation.staff,
    ensureUnits: async (tenantId, unitIds) => void (groups[tenantId] = unitIds),
    joinAll: async (from, to) => void (groups[`${from} to ${to}`] = []),
  }
  return { ...context, installation: { ...context.installation, staff } }
}

const senta: TownGiven = {
  country: 'rs', authority: 'municipality', name: 'Општина Сента', place: 'Сента', address: 'Главни трг 1, 24400 Сента', phone: '024 111 001',
  email: 'pisarnica@senta.example', color: '#7A1F5C',
}

test('an operator adds a municipality, and both towns have it in their audit', async () => {
  const operator = contextOf('nikola.duvnjak')

  const added = await addTown(operator, senta)

  expect(added).toMatchObject({ id: 'senta', color: '#7A1F5C' })
  expect(groups['senta']).toEqual(['registry', 'citizen-service', 'mail-room'])
  expect((await listTowns(town.pool)).map(({ id }) => id)).toEqual(['senta', 'sombor'])
  const there = operator.installation.contextFor('senta', operator.actor)
  expect(await verifyAudit(there)).toMatchObject({ entries: 1, brokenAt: null })
  expect(await there.db.transaction((trx) => trx('units').select('id').orderBy('id'))).toHaveLength(3)
})

test('a clerk adds no municipality, and an administrator of one town none either', async () => {
  await expect(addTown(contextOf('ana.kovac'), senta)).rejects.toMatchObject({ code: 'not-allowed' })
  const administrator = contextOf('nikola.duvnjak')
  const only = { ...administrator, actor: { ...administrator.actor, roles: ['administrator' as const] } }
  await expect(addTown(only, senta)).rejects.toMatchObject({ code: 'not-allowed' })
})

describe('bad settings are refused with every fault of every field', () => {
  test.each([
    ['an id that is taken', { place: 'Сомбор' }, ['id taken']],
    ['an id that is an address of the product', { id: 'api' }, ['id not-understood']],
    ['an authority the country has not', { country: 'bg', authority: 'county-council' }, ['authority no-such-authority']],
    ['nothing where something is needed', { place: '', id: 'x-town', phone: ' ' }, ['placeNames.sr needed', 'contact.phone needed']],
    ['no e-mail', { email: 'pisarnica' }, ['contact.email not-understood']],
    ['a place in time that is none', { timeZone: 'Europe/Nowhere' }, ['timeZone not-understood']],
    ['numbers without a series', { numbering: { template: '{class}/{yyyy}', scope: 'one', actTemplate: '{case}/{act}' } }, ['numbering.template no-sequence']],
    ['units that procedures need', { units: [{ id: 'mail-room', prefix: '', names: { sr: 'а', bg: 'а', ro: 'a', hu: 'a', en: 'a' } }] }, ['units unit-needed']],
  ] as [string, Partial<TownGiven>, string[]][])('%s', async (_, given, faults) => {
    const refused = addTown(contextOf('nikola.duvnjak'), { ...senta, id: 'another-town', ...given, ...('place' in given && !given.id ? { id: undefined } : {}) })

    const error = await refused.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'town-has-faults' })
    const told = (error as { faults: { key: string; code: string }[] }).faults.map(({ key, code }) => `${key} ${code}`)
    expect(told).toEqual(expect.arrayContaining(faults))
  })

  test.each([
    ['a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an event', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['something from elsewhere', '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/x.png"/></svg>'],
    ['no picture', 'hello'],
  ])('a coat of arms with %s', async (_, text) => {
    const emblem = { mediaType: 'image/svg+xml' as const, bytes: Buffer.from(text) }

    await expect(changeTown(contextOf('nikola.duvnjak'), {}, emblem)).rejects.toMatchObject({ faults: [{ key: 'emblem', code: 'no-picture' }] })
  })
})

test('an administrator changes the town, and its file does not undo it at the next start', async () => {
  const administrator = contextOf('nikola.duvnjak')
  const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>')

  await changeTown(administrator, { color: '#123456' }, { mediaType: 'image/svg+xml', bytes })
  await setUpTown(administrator, town.tenant, [])

  const [kept] = (await listTowns(town.pool)).filter(({ id }) => id === 'sombor')
  expect(kept).toMatchObject({ color: '#123456', emblem: 'own', origin: 'product' })
  expect(await emblemOf(administrator)).toEqual({ mediaType: 'image/svg+xml', bytes })
})

test('a clerk changes nothing of the town', async () => {
  await expect(changeTown(contextOf('vesna.radic'), { color: '#000000' })).rejects.toMatchObject({ code: 'not-allowed' })
})

test('a copy for practice has numbers of its own and says what it is; there is one of it, and none of itself', async () => {
  const administrator = contextOf('nikola.duvnjak')

  const copy = await trainingCopy(administrator)

  expect(copy).toMatchObject({
    id: 'sombor-training', trainingOf: 'sombor', names: { sr: 'Град Сомбор (обука)' }, numbering: { template: 'TEST-{unit}-{class}-{seq}/{yyyy}' },
  })
  expect(groups).toHaveProperty('sombor to sombor-training')
  expect(await trainingCopy(administrator)).toEqual(copy)
  await expect(trainingCopy({ ...administrator, tenant: copy })).rejects.toMatchObject({ code: 'is-training' })
})
