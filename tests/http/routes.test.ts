import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../../server/base/errors.ts'
import { trainingCopy } from '../../server/cases/towns/trainingCopy.ts'
import { routes } from '../../server/http/app.ts'
import type { Neighbors } from '../../server/http/web.ts'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import type { Keycloak } from '../../server/identity/keycloak.ts'
import { openCodeSession } from '../../server/identity/sessions.ts'
import { extract, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { Browser, testWeb, type TestWeb } from '../support/web.ts'
import { makeCode, makeFixture, pdf, unknownIds, type Fixture } from './routes.fixture.ts'
import { answerOf, everybody, table, type Row, type Who } from './routes.table.ts'

let sombor: TestTown
let zagora: TestTown
let web: TestWeb
let jovana: Actor
let erzsebet: Actor
let yordanka: Actor
/** One of everything in either town, for all requests that change nothing. */
let ours: Fixture
let theirs: Fixture

const keycloak: Pick<Keycloak, 'signInUrl' | 'readLogoutToken' | 'isStale' | 'endLogin' | 'endAllLogins'> = {
  signInUrl: () => 'http://keycloak.example/auth',
  // What the real one answers to a token that is none (tests/identity/signIn.test.ts).
  readLogoutToken: async () => { throw new Refusal('invalid', 'sign-in-failed') },
  isStale: () => false,
  endLogin: async () => undefined,
  endAllLogins: async () => undefined,
}

beforeAll(async () => {
  sombor = await testTown()
  zagora = await sombor.neighbor('stara-zagora')
  // Behind a proxy every browser has an address of its own: this test asks more often than one network may.
  const hook = 'a secret that only the neighbor knows'
  const settings = { PUBLIC_URL: 'https://salter.example', SMS_HOOK_SECRET: hook, PAYMENTS_HOOK_SECRET: hook }
  web = await testWeb(sombor, { others: [zagora], keycloak: keycloak as Keycloak, settings })
  jovana = await citizen(sombor)
  erzsebet = await citizen(sombor, { name: 'Erzsébet Tóth', number: '0101000805018' })
  yordanka = await citizen(zagora, { name: 'Йорданка Цветкова', number: '8501011018' })
  ours = { ...(await makeFixture(sombor, jovana, extract)), ...(await makeCode(sombor)) }
  await trainingCopy(sombor.contextFor(clerk(sombor, 'nikola.duvnjak')))
  theirs = { ...(await makeFixture(zagora, yordanka, () => petition({ language: 'bg' }))), ...(await makeCode(zagora)) }
})

afterAll(async () => {
  await web.close()
  await sombor.close()
})

const idOf = (who: Who): string => `user of ${who}`

function actorOf(who: Who): Actor | undefined {
  if (who === 'nobody' || who === 'number and code') return undefined
  if (who === 'citizen') return jovana
  if (who === 'other citizen') return erzsebet
  const role = who.replace(' elsewhere', '') as Actor['roles'][number]
  const units = [role === who ? 'registry' : 'mail-room']
  return { ...anonymous, kind: 'staff', id: idOf(who), name: who, level: 'password', roles: [role], units }
}

let browsers = 0
const ownAddress = (): string => `10.${(++browsers >> 16) & 255}.${(browsers >> 8) & 255}.${browsers & 255}`

/** A fresh browser of this one. What they have of Sombor they also show in the other town, under that town's name. */
async function browserOf(who: Who, { caseId }: Fixture, tenantId = 'sombor'): Promise<Browser> {
  const { cookies } = await web.browser(actorOf(who))
  if (who === 'number and code') cookies.set('salter_code_sombor', await openCodeSession(sombor.contextFor(anonymous), caseId))
  const browser = new Browser(web.url, tenantId)
  browser.address = ownAddress()
  for (const [name, value] of cookies) {
    browser.cookies.set(name, value)
    if (tenantId !== 'sombor') browser.cookies.set(name.replace('sombor', tenantId), value)
  }
  return browser
}

const queries: Readonly<Record<string, string>> = {
  'GET /api/:tenant/inbox/tasks': '?list=all&language=en',
  'GET /api/:tenant/drafts': '?procedure=register-extract',
  'GET /api/:tenant/inbox/people': '?q=Marko',
  'POST /api/:tenant/drafts/:draftId/files': '?field=proof',
  'GET /sign-in/callback': '?state=none&code=none',
}

const uuidOfNobody = '01930000-0000-7000-8000-000000000000'

interface Asked {
  status: number
  /** `done`, or the code of the refusal. */
  answer: string
  body: string
}

async function ask(browser: Browser, address: string, fixture: Fixture): Promise<Asked> {
  const [method = '', path = ''] = address.split(' ')
  const named: Record<string, string> = { memberId: uuidOfNobody, signIn: 'x'.repeat(43), country: 'ba', ...fixture, tenant: browser.tenantId }
  const url = path.replace(/:(\w+)/g, (_, name: string) => named[name]!) + (queries[address] ?? (method === 'GET' ? '?language=en' : ''))
  if (method !== 'GET') browser.token = (await browser.get<{ formToken: string }>('/me')).body.formToken
  const reply = await browser.fetch(url, { method, ...bodyFor(address, fixture) })
  if (reply.headers.get('content-type')?.startsWith('text/event-stream')) {
    await reply.body?.cancel()
    return { status: reply.status, answer: 'done', body: '' }
  }
  const body = await reply.text()
  return { status: reply.status, answer: reply.status < 400 ? 'done' : (JSON.parse(body) as { code: string }).code, body }
}

function bodyFor(address: string, { number, accessCode, otherId, personId = '' }: Fixture): RequestInit {
  const headers = { accept: 'application/json' }
  if (address.endsWith('/files') || address.endsWith('/proof')) {
    const form = new FormData()
    form.append('file', new Blob([pdf], { type: 'application/pdf' }), 'proof.pdf')
    return { body: form, headers }
  }
  const made: Readonly<Record<string, unknown>> = {
    'POST /api/:tenant/status': { number, code: accessCode },
    'POST /api/:tenant/cases': petition(),
    'POST /api/:tenant/counter/cases': petition(),
    // Each has a passport of their own: a number is one person's.
    'POST /api/:tenant/counter/people/:personId/confirm': {
      numberKind: 'passport', number: personId.slice(-9), document: { kind: 'passport', lastDigits: personId.slice(-4), validUntil: '2031-05-14' },
    },
    'POST /api/:tenant/inbox/people/:personId/merge': { otherId, reason: 'Иста особа' },
  }
  const sent = made[address] ?? table[address]?.body
  return sent === undefined ? { headers } : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(sent) }
}

const rows = Object.entries(table).map(([address, row]) => ({ address, row }))
/** An address as the router knows it. */
const asRouted = (address: string): string => address.replace(/:(newDraftId|proofId|incident|job|stalled|signIn)\b/g, (_, name: string) =>
  ({ newDraftId: ':draftId', proofId: ':documentId', incident: ':key', job: ':key', stalled: ':id', signIn: ':id' })[name]!)
const namesSomething = (address: string): boolean => /:(?!tenant|procedure|newDraftId|country)\w+/.test(address)

test('every address of the server has its row in the table, and every row its address', () => {
  const served = routes({ keycloak } as unknown as Neighbors).flatMap(({ stack }) => stack)
    .flatMap(({ methods, path }) => methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`))

  expect(rows.map(({ address }) => asRouted(address)).toSorted()).toEqual([...new Set(served)].toSorted())
})

test.each(rows)('$address ($row.asks) answers each as the table says', async ({ address, row }) => {
  const answers = await ofEverybody(async (who) => {
    // What is refused changes nothing, so one subject is enough for all of them.
    const isUsedUp = !address.startsWith('GET ') && row.done.includes(who) && namesSomething(address)
    const isHeld = row.heldByAsker && actorOf(who)?.kind === 'staff'
    const fixture = isUsedUp || isHeld ? await subjectFor(who, row) : { ...ours, newDraftId: uuidv7() }
    return (await ask(await browserOf(who, fixture), address, fixture)).answer
  })

  expect(answers).toEqual(Object.fromEntries(everybody.map((who) => [who, answerOf(row, who)])))
})

test.each(rows.filter(({ address }) => address.includes(':tenant')))(
  '$address ($row.asks) knows nobody of another town', async ({ address, row }) => {
    const answers = await ofEverybody(async (who) =>
      (await ask(await browserOf(who, ours, 'stara-zagora'), address, { ...theirs, newDraftId: uuidv7() })).answer)

    expect(answers).toEqual(Object.fromEntries(everybody.map((who) => [who, answerOf(row, 'nobody')])))
  },
)

test.each(rows.filter(({ address }) => namesSomething(address) || address.endsWith('/status')))(
  '$address ($row.asks) answers to what is another town’s as to what does not exist', async ({ address }) => {
    const told = await ofEverybody(async (who) => {
      const browser = await browserOf(who, ours)
      return [await ask(browser, address, theirs), await ask(browser, address, unknownIds())] as const
    })

    const differs = ([foreign, unknown]: readonly [Asked, Asked]): boolean => foreign.body !== unknown.body || foreign.status !== unknown.status
    expect(Object.entries(told).filter(([, each]) => differs(each))).toEqual([])
    // A code that no act has is a true answer, and not a refusal.
    if (!address.includes('/verify/')) expect(Object.entries(told).filter(([, [foreign]]) => foreign.answer === 'done')).toEqual([])
  },
)

/** The same of each, all at once. */
async function ofEverybody<Told>(told: (who: Who) => Promise<Told>): Promise<Record<string, Told>> {
  return Object.fromEntries(await Promise.all(everybody.map(async (who) => [who, await told(who)] as const)))
}

/** One of its own for who asks, so that a deed done does not stand in another's way. */
function subjectFor(who: Who, row: Row): Promise<Fixture> {
  return makeFixture(sombor, jovana, extract, row.heldByAsker && idOf(who))
}
