import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isClosed } from '../../server/cases/case.ts'
import { isTheirs, may, partiesOf, reachOfTasks, standingRights, type Subject } from '../../server/cases/may.ts'
import { deeds, parties, relations, sections, states, toCome } from '../../server/cases/rights/words.ts'
import { anonymous, staffRoles, systemActor, type Actor } from '../../server/identity/actor.ts'
import { sha256 } from '../../server/identity/keys.ts'
import { RightsPage } from '../../server/http/contract/rights.ts'
import { clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

/**
 * What the page says is compared with what `may` answers, without asking `may` how: each word of the table has its meaning here
 * a second time, written by hand, and the page is read as the administrator's browser gets it.
 */
let town: TestTown
let web: TestWeb
let page: RightsPage

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  page = RightsPage.parse((await (await web.browser(clerk(town, 'nikola.duvnjak'))).get('/inbox/rights')).body)
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const staff = (id: string, roles: Actor['roles'], units: string[]): Actor =>
  ({ ...anonymous, kind: 'staff', id, name: id, level: 'password', roles, units })

const secret = 'the secret of a cookie'
/** Everybody there is: each role in the unit of the case and in another, two roles at once, citizens, visitors, the system. */
const actors: Actor[] = [
  ...staffRoles.flatMap((role) => [staff('me', [role], ['registry']), staff('me', [role], ['mail-room']), staff('me', [role], [])]),
  staff('me', ['external-organisation', 'quality-manager'], ['registry']),
  staff('me', ['auditor', 'case-clerk'], ['mail-room']),
  { ...anonymous, kind: 'citizen', id: 'c', level: 'password', accountId: 'my account', personId: 'my person' },
  { ...anonymous, kind: 'citizen', id: 'c', level: 'e-signature', accountId: 'my account', openedCaseId: 'case' },
  { ...anonymous, level: 'code', openedCaseId: 'case' },
  { ...anonymous, draftSecret: secret },
  anonymous,
  systemActor('loop'),
]

const task = (change: Partial<NonNullable<Subject['task']>> = {}): NonNullable<Subject['task']> =>
  ({ unitId: 'registry', unitNamed: true, role: null, holder: null, status: 'open', ...change })
const tasks = [
  task(), task({ holder: 'me' }), task({ holder: 'somebody' }), task({ status: 'completed', holder: 'me' }), task({ status: 'gone' }),
  ...['registrar', 'external-organisation', 'village-office-clerk', 'quality-manager', 'auditor'].flatMap((role) => [
    task({ role }), task({ role, unitNamed: false, unitId: 'mail-room' }), task({ role, holder: 'me' }), task({ role, unitId: 'roads' }),
  ]),
]
const base = { id: 'case', accountId: null, mandateId: null, applicantId: null, unitId: 'registry', takenIn: null, closedAt: null }
const cases = [
  base, { ...base, id: 'other' }, { ...base, id: 'other', accountId: 'my account' }, { ...base, id: 'other', applicantId: 'my person' },
  { ...base, id: 'other', accountId: 'my account', mandateId: 'a mandate' },
  { ...base, id: 'other', unitId: 'roads', takenIn: 'mail-room' }, { ...base, unitId: 'roads', closedAt: new Date(0) },
]
const subjects: Subject[] = [
  {},
  ...tasks.map((each) => ({ task: each })),
  ...cases.flatMap((each) => [{ case: each, tasks: [] }, ...tasks.map((one) => ({ case: { ...each, unitId: 'roads' }, tasks: [one] }))]),
  ...cases.flatMap((each) => [
    { case: each, mandated: ['file'] as const }, { case: each, mandated: ['supplement'] as const }, { case: each, mandateOver: true },
    { case: each, mandated: ['receive'] as const }, { case: each, mandated: ['receive'] as const, level: 'password' as const },
  ]),
  { level: 'password', mandated: ['file'] }, { level: 'e-signature', mandated: ['file'] }, { level: 'anonymous', mandated: ['receive'] },
  { draft: { accountId: 'my account', secretHash: null } },
  { draft: { accountId: null, secretHash: sha256(secret) } },
  { draft: { accountId: 'another', secretHash: sha256(secret) } },
  ...(['anonymous', 'password', 'e-signature'] as const).flatMap((level) => [{ level }, { level, case: base, tasks: [] }]),
  { level: 'password', case: { ...base, id: 'other', accountId: 'my account' }, tasks: [] },
]

type Holds = (actor: Actor, subject: Subject, party: string) => boolean
const byName: Holds = ({ units }, { task: one }, party) => one?.role === party && (one.unitNamed ? units.includes(one.unitId) : true)
const held: Holds = ({ id }, { task: one }) => one?.holder === id
const levels = ['anonymous', 'code', 'password', 'e-signature']

/** The meanings, once more. */
const on: Record<string, Holds> = {
  any: () => true,
  'at-their-level': (actor, { level }) => level !== undefined && levels.indexOf(actor.level) >= levels.indexOf(level),
  'own-draft': (actor, { draft }) => !!draft
    && (draft.accountId === null ? actor.draftSecret === secret && !!draft.secretHash : draft.accountId === actor.accountId),
  own: (actor, { case: one }) => !!one
    && ((!!actor.accountId && one.accountId === actor.accountId && !one.mandateId) || (!!actor.personId && one.applicantId === actor.personId)),
  mandated: (_, { mandated }) => !!mandated?.length,
  'mandated-to-file': (_, { mandated }) => mandated?.includes('file') ?? false,
  'mandated-to-supplement': (_, { mandated }) => mandated?.includes('supplement') ?? false,
  'mandated-to-receive': (_, { mandated }) => mandated?.includes('receive') ?? false,
  'opened-by-code': (actor, { case: one, mandateOver }) => !!one && one.id === actor.openedCaseId && !mandateOver,
  'in-unit': ({ units }, { case: one, task: of }) => [one?.unitId, of?.unitId].some((unit) => unit !== undefined && units.includes(unit)),
  'taken-in': ({ units }, { case: one }) => units.some((unit) => unit === one?.takenIn),
  'task-there': (actor, subject) => subject.tasks?.some((each) => told(actor, 'task.see', { task: each })) ?? false,
  'asked-there': (actor, subject, party) =>
    subject.tasks?.some((each) => byName(actor, { task: each }, party) || held(actor, { task: each }, party)) ?? false,
  readable: (actor, subject) => told(actor, 'case.read', subject),
  asked: (actor, subject, party) =>
    (subject.task?.role === null ? actor.units.includes(subject.task.unitId) : byName(actor, subject, party)),
  'asked-by-role': byName,
  held,
}
const when: Record<string, (subject: Subject) => boolean> = {
  'task-open': ({ task: one }) => one?.status === 'open',
  'task-free': ({ task: one }) => one !== undefined && one.holder === null,
  'task-taken': ({ task: one }) => one !== undefined && one.holder !== null,
  'case-open': ({ case: one }) => one !== undefined && !isClosed(one),
  'case-closed': ({ case: one }) => one !== undefined && isClosed(one),
}

/** What the page tells its reader. */
function told(actor: Actor, deed: string, subject: Subject): boolean {
  const lines = page.sections.flatMap((section) => section.deeds).find((each) => each.deed === deed)!.lines
  return lines.some((line) => line.when.every((each) => when[each]!(subject))
    && line.who.some((party) => isParty(actor, party) && line.on.every((each) => on[each]!(actor, subject, party))))
}

function isParty(actor: Actor, party: string): boolean {
  if (actor.kind === 'system') return party === 'system'
  if (party === 'anybody') return true
  if (actor.kind === 'staff') return actor.roles.some((role) => role === party)
  return party === 'code' ? !!actor.openedCaseId : party === 'citizen' && actor.kind === 'citizen'
}

test.each(deeds)('the page says of “%s” what is enforced, for everybody and everything', (deed) => {
  const wrong: unknown[] = []
  let allowed = 0
  for (const actor of actors) {
    for (const subject of subjects) {
      const answer = may(actor, deed, subject)
      if (answer) allowed++
      if (answer !== told(actor, deed, subject)) wrong.push({ actor, subject, answer })
    }
  }

  expect(wrong).toEqual([])
  // A deed nobody may do anything with, or everybody with everything, would make the comparison worth nothing.
  expect(allowed).toBeGreaterThan(0)
  expect(allowed).toBeLessThan(actors.length * subjects.length)
})

test('no line stands idle: each lets each of its parties do something', () => {
  const lines = page.sections.flatMap(({ deeds: each }) => each).flatMap(({ deed, lines: of }) => of.map((line) => ({ deed, ...line })))

  const gives = (party: string, relation: string[], state: string[]): boolean =>
    actors.filter((actor) => isParty(actor, party)).some((actor) => subjects.some((subject) =>
      state.every((each) => when[each]!(subject)) && relation.every((each) => on[each]!(actor, subject, party))))
  const idle = lines.flatMap(({ deed, who, on: relation, when: state }) =>
    who.filter((party) => !gives(party, relation, state)).map((party) => ({ deed, party, relation })))

  expect(idle).toEqual([])
})

describe('in plain words', () => {
  const may_ = (role: Actor['roles'][number], deed: (typeof deeds)[number], subject: Subject = {}, units = ['registry']): boolean =>
    may(staff('me', [role], units), deed, subject)
  const inRegistry = { case: base, tasks: [task()] }

  test('an auditor reads every case and changes nothing', () => {
    expect(may_('auditor', 'case.read', inRegistry, [])).toBe(true)
    const changing = ['request.take', 'task.claim', 'task.complete', 'task.release', 'number.show', 'operation.mend', 'person.merge',
      'mandate.record', 'citizen.register', 'procedure.design', 'tenant.administer'] as const
    const allowed = changing.filter((deed) => subjects.some((subject) => may_('auditor', deed, subject)))
    expect(allowed).toEqual([])
  })

  test('a quality manager and a process designer see no case and no task', () => {
    for (const role of ['quality-manager', 'process-designer'] as const) {
      const seen = (['case.read', 'task.see', 'contact.see', 'number.show'] as const)
        .filter((deed) => subjects.some((subject) => may_(role, deed, subject)))
      expect(seen).toEqual([])
    }
    expect(may_('quality-manager', 'statistics.read')).toBe(true)
    expect(may_('process-designer', 'procedure.design')).toBe(true)
  })

  test('another body sees the case it was asked about while it lasts, without telephone and history, and no other of the unit', () => {
    const asked = { case: base, tasks: [task({ role: 'external-organisation' })] }

    expect(may_('external-organisation', 'case.read', asked)).toBe(true)
    expect(may_('external-organisation', 'contact.see', asked)).toBe(false)
    expect(may_('external-organisation', 'history.see', asked)).toBe(false)
    expect(may_('external-organisation', 'case.read', inRegistry)).toBe(false)
    expect(may_('external-organisation', 'case.read', { ...asked, case: { ...base, closedAt: new Date(0) } })).toBe(false)
  })

  test('a village office takes requests in and sees those it took in, not those of the town hall', () => {
    const itsOwn = { case: { ...base, unitId: 'registry', takenIn: 'village' }, tasks: [] }

    expect(may_('village-office-clerk', 'request.take', {}, ['village'])).toBe(true)
    expect(may_('village-office-clerk', 'case.read', itsOwn, ['village'])).toBe(true)
    expect(may_('village-office-clerk', 'case.read', itsOwn, ['registry'])).toBe(false)
    expect(may_('village-office-clerk', 'task.see', { task: task({ unitId: 'registry' }) }, ['registry'])).toBe(false)
  })

  test('a records officer reads what is closed, wherever it was; others of the town hall do not', () => {
    const closed = { case: { ...base, unitId: 'roads', closedAt: new Date(0) }, tasks: [] }

    expect(may_('records-officer', 'case.read', closed)).toBe(true)
    expect(may_('records-officer', 'case.read', { ...closed, case: { ...closed.case, closedAt: null } })).toBe(false)
    expect(may_('case-clerk', 'case.read', closed)).toBe(false)
  })

  test('a taken task is still theirs to take by right, so that the refusal can say who has it', () => {
    const taken = { task: task({ holder: 'somebody' }) }

    expect(may_('case-clerk', 'task.claim', taken)).toBe(false)
    expect(isTheirs(staff('me', ['case-clerk'], ['registry']), 'task.claim', taken)).toBe(true)
    expect(isTheirs(staff('me', ['case-clerk'], ['roads']), 'task.claim', taken)).toBe(false)
  })
})

test('a list reaches exactly as far as single tasks are seen', () => {
  for (const actor of actors) {
    const { town: all, units, roles } = reachOfTasks(actor)
    for (const one of tasks.filter(({ holder }) => holder !== actor.id)) {
      const inList = all || units.includes(one.unitId)
        || (roles.some((role) => role === one.role) && (!one.unitNamed || actor.units.includes(one.unitId)))
      expect({ actor: actor.roles, one, seen: inList }).toEqual({ actor: actor.roles, one, seen: may(actor, 'task.see', { task: one }) })
    }
  }
})

test('every word of the table is used, has a heading, and nobody is known as what they are not', () => {
  const lines = page.sections.flatMap(({ deeds: each }) => each).flatMap(({ lines: of }) => of)

  expect(sections.flatMap(({ deeds: each }) => each).toSorted()).toEqual([...deeds].toSorted())
  expect(page.sections.flatMap(({ deeds: each }) => each).filter(({ lines: of }) => of.length === 0)).toEqual([])
  expect([...new Set(lines.flatMap(({ who }) => who))].toSorted()).toEqual([...parties].toSorted())
  expect([...new Set(lines.flatMap((line) => line.on))].toSorted()).toEqual([...relations].toSorted())
  expect([...new Set(lines.flatMap((line) => line.when))].toSorted()).toEqual([...states].toSorted())
  for (const actor of actors) expect([...partiesOf(actor)].toSorted()).toEqual(parties.filter((party) => isParty(actor, party)).toSorted())
})

test('what is to come is told as such exactly while nothing in the server asks for it', () => {
  const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('rights/'))
    .map((name) => readFileSync(join('server', name), 'utf8'))
  const isAskedFor = (deed: string): boolean => sources.some((text) => text.includes(`, '${deed}'`))

  expect(deeds.filter((deed) => !isAskedFor(deed))).toEqual(deeds.filter((deed) => toCome.includes(deed)))
})

test('which pages are somebody’s follows from the table', () => {
  expect(standingRights(staff('me', ['administrator'], []))).toEqual(
    ['operation.see', 'operation.mend', 'audit.check', 'rights.see', 'tenant.administer'])
  expect(standingRights(staff('me', ['case-clerk'], ['registry']))).toEqual(['request.take', 'person.read', 'person.note'])
  expect(standingRights(anonymous)).toEqual([])
})

test('the table is shown to who answers for the town, and to nobody else', async () => {
  const statuses: Record<string, number> = {}
  for (const role of staffRoles) {
    const browser = await web.browser(staff(role, [role], ['registry']))
    statuses[role] = (await browser.get('/inbox/rights')).status
  }

  const readers = ['head', 'quality-manager', 'auditor', 'administrator']
  expect(statuses).toEqual(Object.fromEntries(staffRoles.map((role) => [role, readers.includes(role) ? 200 : 403])))
})
