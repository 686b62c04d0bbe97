import { staffRoles, type StaffRole } from '../../server/identity/actor.ts'

/**
 * Every address that answers with data, and what it answers whom: the written table of issue 8. `routes.test.ts` makes each of
 * these requests. An address without a row fails the test, and so does a row without an address.
 *
 * The subject is one request for a birth extract, filed by a citizen on the portal, which lies in the registry with one task
 * that asks for no role. Each role is asked twice: as somebody of the registry, and as somebody `elsewhere` in the town hall.
 */

type Staff = StaffRole | `${StaffRole} elsewhere`
/** Nobody in particular; whoever has number and access code; the citizen whose it is; another; and the town hall. */
export type Who = 'nobody' | 'number and code' | 'citizen' | 'other citizen' | Staff

const inRegistry = (...roles: StaffRole[]): Staff[] => roles
const elsewhere = (...roles: StaffRole[]): Staff[] => roles.map((role): Staff => `${role} elsewhere`)
const anywhere = (...roles: StaffRole[]): Staff[] => [...inRegistry(...roles), ...elsewhere(...roles)]

const staff = anywhere(...staffRoles)
const visitors: Who[] = ['nobody', 'number and code']
const citizens: Who[] = ['citizen', 'other citizen']
export const everybody: readonly Who[] = [...visitors, ...citizens, ...staff]

const caseworkers: StaffRole[] = ['counter-clerk', 'case-clerk', 'registrar', 'head', 'supervisor', 'records-officer']
const whoKnowPeople = anywhere(...caseworkers, 'village-office-clerk', 'auditor')
const whoMerge = anywhere('registrar', 'records-officer', 'supervisor')
const whoReadAll = anywhere('auditor', 'administrator')
const whoReadTheCase: Who[] = ['citizen', 'number and code', ...inRegistry(...caseworkers), ...whoReadAll]
/** Holding a task shows it to those who do tasks, wherever they sit: a unit may have changed since they took it. */
const whoDoTasks = anywhere(...caseworkers, 'village-office-clerk', 'external-organisation')
const whoHoldWhatIsNotTheirs = [...elsewhere(...caseworkers), ...anywhere('village-office-clerk', 'external-organisation')]

export interface Row {
  /** What is asked, in words. */
  asks: string
  done: readonly Who[]
  /** Whom it is refused with which code; everyone not named anywhere is refused with `else`. */
  refused?: Readonly<Record<string, readonly Who[]>>
  else?: string
  body?: unknown
  /** In whose hands the task is. */
  heldByAsker?: true
}

const anybody = (asks: string, body?: unknown): Row => ({ asks, done: everybody, ...(body !== undefined && { body }) })
/** A page of the inbox: visitors are asked to sign in, citizens are told that it is not theirs. */
const inbox = (row: Row): Row => {
  const notAllowed = [...citizens, ...(row.refused?.['not-allowed'] ?? [])]
  return { ...row, refused: { ...row.refused, 'not-signed-in': visitors, 'not-allowed': notAllowed } }
}
const reason = 'The register is back'
const whoRegister = anywhere('counter-clerk', 'village-office-clerk')
const token = 'a-link-that-nobody-was-ever-sent-by-us'
const newcomer = {
  clientKey: '01937000-0000-7000-8000-000000000077', numberKind: 'personal-number', number: '0505985155121', givenName: 'Ружица',
  familyName: 'Ковачев', bornOn: '1985-05-05', email: 'ruzica@primer.example', language: 'sr-Cyrl',
  document: { kind: 'identity-card', number: '011223344', validUntil: '2031-05-14' }, eDelivery: { given: true, textVersion: '1999-01-01' },
}

export const table: Readonly<Record<string, Row>> = {
  'GET /health': anybody('does the process live'),
  'GET /ready': anybody('are its neighbors there'),
  'GET /api/openapi.json': anybody('the contract'),
  'GET /sign-in/callback': { asks: 'coming back from Keycloak without having gone', done: [], else: 'sign-in-expired' },
  'POST /sign-in/back-channel': { asks: 'ending sessions with a token Keycloak has not made', done: [], else: 'sign-in-failed' },
  'GET /:tenant/sign-in': anybody('the way to Keycloak'),
  'POST /:tenant/sign-out': anybody('leaving'),
  'POST /:tenant/sign-out-everywhere': { asks: 'leaving on all devices', done: [...citizens, ...staff], else: 'not-signed-in' },

  'GET /api/towns': anybody('which towns are here'),
  'GET /api/:tenant/town': anybody('the town'),
  'GET /api/:tenant/emblem': { asks: 'the picture of a town that has none', done: [], else: 'not-found' },
  'GET /api/:tenant/catalogue': anybody('what the town offers'),
  'GET /api/:tenant/procedures/:procedure': anybody('a procedure'),
  'GET /api/:tenant/procedures/:procedure/form': anybody('its form'),
  'POST /api/:tenant/procedures/:procedure/fee': anybody('what it costs', { answers: {}, anonymous: true }),
  'GET /api/:tenant/verify/:code': anybody('is this act genuine'),

  'GET /api/:tenant/me': anybody('who am I'),
  'GET /api/:tenant/me/sign-ins': { asks: 'where am I signed in', done: [...citizens, ...staff], else: 'not-signed-in' },
  'DELETE /api/:tenant/me/sign-ins/:signIn': {
    asks: 'ending a sign-in that is not one’s own', done: [], refused: { 'not-found': [...citizens, ...staff] }, else: 'not-signed-in',
  },
  'GET /api/:tenant/me/merges': { asks: 'when my data were joined', done: citizens, else: 'not-signed-in' },
  'PUT /api/:tenant/drafts/:newDraftId': anybody('keeping a request half-way', {
    procedure: 'petition', answers: {}, applicant: {}, page: 0,
  }),
  'GET /api/:tenant/drafts/:draftId': { asks: 'the citizen’s draft', done: ['citizen'], else: 'draft-not-found' },
  'DELETE /api/:tenant/drafts/:draftId': { asks: 'throwing it away', done: ['citizen'], else: 'draft-not-found' },
  'GET /api/:tenant/drafts': { asks: 'my newest draft of the extract', done: ['citizen'], else: 'draft-not-found' },
  'POST /api/:tenant/drafts/:draftId/files': { asks: 'adding a paper to it', done: ['citizen'], else: 'draft-not-found' },
  'DELETE /api/:tenant/drafts/:draftId/files/:fileId': { asks: 'taking one out', done: ['citizen'], else: 'draft-not-found' },
  'POST /api/:tenant/cases': anybody('filing a petition without a name'),
  'GET /api/:tenant/cases': { asks: 'my requests', done: citizens, else: 'not-signed-in' },
  'GET /api/:tenant/cases/:caseId': { asks: 'the request', done: whoReadTheCase, else: 'not-found' },
  'GET /api/:tenant/cases/:caseId/receipt.pdf': { asks: 'its receipt', done: whoReadTheCase, else: 'not-found' },
  'GET /api/:tenant/cases/:caseId/documents/:documentId': { asks: 'a paper of it', done: whoReadTheCase, else: 'not-found' },
  'POST /api/:tenant/status': anybody('opening it with its number and code'),

  'POST /api/:tenant/counter/cases': inbox({
    asks: 'filing for somebody at the counter', done: anywhere(...caseworkers, 'village-office-clerk'), else: 'not-allowed',
  }),
  'GET /api/:tenant/registration': anybody('the consent that is read out'),
  'POST /api/:tenant/activation/look': { asks: 'what a link is for that nobody was sent', body: { token }, done: [], else: 'link-unknown' },
  'POST /api/:tenant/activation': {
    asks: 'opening an account with it', body: { token, code: '0000 0000', password: 'a long password' }, done: [], else: 'link-unknown',
  },
  'POST /api/:tenant/activation/again': { asks: 'asking for another', body: { token }, done: [], else: 'link-unknown' },
  'POST /api/:tenant/activation/decline': { asks: 'wanting no account', body: { token, code: '0000 0000' }, done: [], else: 'link-unknown' },

  'POST /api/:tenant/counter/registrations/check': inbox({
    asks: 'who is at the counter', done: whoRegister, else: 'not-allowed', body: { givenName: 'Ружица', familyName: 'Ковачев' },
  }),
  'POST /api/:tenant/counter/registrations': inbox({
    asks: 'registering somebody by a wording nobody reads out any more', done: [], refused: { 'form-has-faults': whoRegister },
    else: 'not-allowed', body: newcomer,
  }),
  'GET /api/:tenant/counter/registrations/:caseId': inbox({
    asks: 'a registration that is none', done: [], refused: { 'not-found': whoRegister }, else: 'not-allowed',
  }),
  'GET /api/:tenant/counter/registrations/:caseId/slip': inbox({
    asks: 'its slip', done: [], refused: { 'not-found': whoRegister }, else: 'not-allowed',
  }),
  'POST /api/:tenant/counter/registrations/:caseId/resend': inbox({
    asks: 'another link', body: {}, done: [], refused: { 'not-found': whoRegister }, else: 'not-allowed',
  }),
  'POST /api/:tenant/counter/registrations/:caseId/cancel': inbox({
    asks: 'giving it up', body: { reason }, done: [], refused: { 'not-found': whoRegister }, else: 'not-allowed',
  }),
  'POST /api/:tenant/counter/people/:personId/confirm': inbox({
    asks: 'confirming who a person is', done: anywhere('counter-clerk', 'supervisor'), else: 'not-allowed',
    body: {
      numberKind: 'personal-number', number: '1503985810120', document: { kind: 'identity-card', lastDigits: '3344', validUntil: '2031-05-14' },
    },
  }),
  'GET /api/:tenant/inbox/tasks': inbox({ asks: 'a list of tasks, be it an empty one', done: staff }),
  'GET /api/:tenant/inbox/tasks/:taskId': inbox({
    asks: 'the task with its case', done: [...inRegistry(...caseworkers), ...whoReadAll], else: 'not-found',
  }),
  'POST /api/:tenant/inbox/tasks/:taskId/claim': inbox({
    asks: 'taking it, nobody has', done: inRegistry(...caseworkers), refused: { 'task-not-for-you': whoReadAll }, else: 'not-found',
  }),
  'POST /api/:tenant/inbox/tasks/:taskId/release': inbox({
    asks: 'giving it back, it is in their hands', heldByAsker: true,
    done: whoDoTasks, refused: { 'task-not-yours': whoReadAll }, else: 'not-found',
  }),
  'PUT /api/:tenant/inbox/tasks/:taskId/draft': inbox({
    asks: 'writing in it, it is in their hands', heldByAsker: true, body: { answers: {} }, done: inRegistry(...caseworkers),
    refused: { 'task-not-yours': [...whoReadAll, ...whoHoldWhatIsNotTheirs] },
    else: 'not-found',
  }),
  'POST /api/:tenant/inbox/tasks/:taskId/complete': inbox({
    asks: 'completing it, it is in their hands', heldByAsker: true, done: inRegistry(...caseworkers),
    body: { answers: { decision: 'refuse', refusalReason: 'not-found', refusalExplanation: 'Прегледане су све књиге рођених.' } },
    refused: { 'task-not-yours': [...whoReadAll, ...whoHoldWhatIsNotTheirs] },
    else: 'not-found',
  }),
  'POST /api/:tenant/inbox/cases/:caseId/number': inbox({
    asks: 'the personal number in it, whole', body: { field: 'personalNumber', why: 'identify' },
    done: inRegistry('counter-clerk', 'case-clerk', 'registrar', 'head'),
    refused: { 'not-allowed': [...inRegistry('supervisor', 'records-officer'), ...whoReadAll] },
    else: 'not-found',
  }),
  'GET /api/:tenant/inbox/people': inbox({ asks: 'finding a person', done: whoKnowPeople, else: 'not-allowed' }),
  'GET /api/:tenant/inbox/people/doubles': inbox({ asks: 'who may be there twice', done: whoMerge, else: 'not-allowed' }),
  'GET /api/:tenant/inbox/people/:personId': inbox({ asks: 'all that a person has', done: whoKnowPeople, else: 'not-allowed' }),
  'POST /api/:tenant/inbox/people/:personId/notes': inbox({
    asks: 'a note on a person', body: { text: 'Зове петком' }, done: anywhere(...caseworkers), else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/people/:personId/merge/:otherId': inbox({ asks: 'two rows side by side', done: whoMerge, else: 'not-allowed' }),
  'POST /api/:tenant/inbox/people/:personId/merge': inbox({ asks: 'making one person of two rows', done: whoMerge, else: 'not-allowed' }),
  'POST /api/:tenant/inbox/people/merges/:mergeId/undo': inbox({
    asks: 'parting them again', body: { reason }, done: whoMerge, else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/operation': inbox({ asks: 'what stands still', done: whoReadAll, else: 'not-allowed' }),
  'GET /api/:tenant/inbox/operation/audit': inbox({ asks: 'is the audit whole', done: whoReadAll, else: 'not-allowed' }),
  'POST /api/:tenant/inbox/operation/incidents/:incident/resolve': inbox({
    asks: 'letting a step try again', body: { reason }, done: anywhere('administrator'), else: 'not-allowed',
  }),
  'POST /api/:tenant/inbox/operation/jobs/:job/retry': inbox({
    asks: 'giving a job new tries', body: { reason }, done: anywhere('administrator'), else: 'not-allowed',
  }),
  'POST /api/:tenant/inbox/operation/stalled/:stalled/send-again': inbox({
    asks: 'sending what was stalled', body: { reason }, done: anywhere('administrator'), else: 'not-allowed',
  }),
  'POST /api/:tenant/inbox/operation/stalled/:stalled/discard': inbox({
    asks: 'giving it up', body: { reason }, done: anywhere('administrator'), else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/rights': inbox({
    asks: 'who may do what', done: anywhere('head', 'quality-manager', 'auditor', 'administrator'), else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/town': inbox({ asks: 'the settings of the town', done: anywhere('administrator'), else: 'not-allowed' }),
  'POST /api/:tenant/inbox/town': inbox({
    asks: 'changing its color', body: { color: '#2E8B57' }, done: anywhere('administrator'), else: 'not-allowed',
  }),
  'PUT /api/:tenant/inbox/town/emblem': inbox({
    asks: 'a coat of arms that is no picture', done: [], refused: { 'file-type-not-accepted': anywhere('administrator') }, else: 'not-allowed',
  }),
  'POST /api/:tenant/inbox/town/training': inbox({
    asks: 'a copy for practice', done: anywhere('administrator', 'operator'), else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/town/staff': inbox({ asks: 'who works there', done: anywhere('administrator'), else: 'not-allowed' }),
  'POST /api/:tenant/inbox/town/staff': inbox({
    asks: 'letting somebody in', done: anywhere('administrator'), else: 'not-allowed',
    body: { username: 'new.clerk', givenName: 'Нова', familyName: 'Особа', email: 'new.clerk@sombor.example', roles: ['case-clerk'], units: ['registry'] },
  }),
  'POST /api/:tenant/inbox/town/staff/:memberId': inbox({
    asks: 'shutting the account of somebody who is not of the town', body: { enabled: false },
    done: [], refused: { 'not-found': anywhere('administrator') }, else: 'not-allowed',
  }),
  'GET /api/:tenant/inbox/towns/customs/:country': inbox({ asks: 'how a new town begins', done: anywhere('operator'), else: 'not-allowed' }),
  'POST /api/:tenant/inbox/towns': inbox({
    asks: 'a new town without a name', done: [], refused: { 'town-has-faults': anywhere('operator') }, else: 'not-allowed',
    body: { country: 'rs', authority: 'city', name: '', place: '', address: '', phone: '', email: '' },
  }),
  'GET /api/:tenant/inbox/events': inbox({ asks: 'what changes', done: staff }),
}

/** What the row answers this one. */
export function answerOf(row: Row, who: Who): string {
  if (row.done.includes(who)) return 'done'
  const named = Object.entries(row.refused ?? {}).find(([, whom]) => whom.includes(who))?.[0]
  return named ?? row.else ?? 'no answer is written'
}
