import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliverAct } from '../../server/cases/deliverAct.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { handOverDraft, takeOverDraft } from '../../server/cases/handOverDraft.ts'
import { makeAct } from '../../server/cases/letters/makeAct.ts'
import { receiptPdf } from '../../server/cases/letters/receiptPdf.ts'
import { acceptOffer, readOffer } from '../../server/cases/mandates/acceptOffer.ts'
import { askMandate, type MandateAsked } from '../../server/cases/mandates/askMandate.ts'
import { confirmMandate, refuseMandate } from '../../server/cases/mandates/decideMandate.ts'
import { listMandates, myMandates } from '../../server/cases/mandates/listMandates.ts'
import { faultOfUse, type Mandate } from '../../server/cases/mandates/mandate.ts'
import { offerCode, offerMandate, type MandateOffered } from '../../server/cases/mandates/offerMandate.ts'
import { attachProof, readProof } from '../../server/cases/mandates/proof.ts'
import { recordMandate, type MandateSeen } from '../../server/cases/mandates/recordMandate.ts'
import { revokeMandate } from '../../server/cases/mandates/revokeMandate.ts'
import { myCases } from '../../server/cases/myCases.ts'
import { openByCode } from '../../server/cases/openByCode.ts'
import { openCase, type Filing, type OpenedCase } from '../../server/cases/openCase.ts'
import { findPeople } from '../../server/cases/people/findPeople.ts'
import { mergePeople } from '../../server/cases/people/mergePeople.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { readDraft } from '../../server/cases/readDraft.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { sendToApplicant } from '../../server/cases/sendToApplicant.ts'
import { readFiler } from '../../server/cases/signatures/whoSigned.ts'
import { auditEntriesAfter } from '../../server/cases/store/auditRows.ts'
import { anonymous, systemActor, type Actor } from '../../server/identity/actor.ts'
import { checkPersonalNumber } from '../../server/rules/identifiers/index.ts'
import { nobody, petition } from '../support/filing.ts'
import { pdfText } from '../support/pdfText.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

const numbers = { jovana: '2307990855035', marko: '1503985810120', erzsebet: '3112985899995' }
const dayMs = 86_400_000
const companyNumber = '101134702'
const paper = { fileName: 'punomocje.pdf', declaredType: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n') }
let town: TestTown
let jovana: Actor
let marko: Actor
let erzsebet: Actor
let counter: Actor

beforeAll(async () => {
  town = await testTown()
  jovana = await citizen(town)
  erzsebet = await citizen(town, { name: 'Erzsébet Tóth', email: 'erzsebet@primer.example', number: numbers.erzsebet })
  counter = clerk(town, 'djordje.stancic')
})

// A Marko of each test's own: what another has let be done in his name says nothing here.
let markos = 0
beforeEach(async () => {
  const digits = `150398581${String(++markos).padStart(3, '0')}`
  numbers.marko = Array.from('0123456789', (last) => digits + last).find((number) => checkPersonalNumber('rs', number).ok) ?? `${digits}0`
  marko = await citizen(town, { name: 'Марко Илић', email: 'marko@primer.example', number: numbers.marko })
})

afterAll(() => town.close())

const as = (actor: Actor) => town.contextFor(actor)
const entries = () => as(systemActor('test')).db.transaction((trx) => auditEntriesAfter(trx, 0n, 10_000))
const terms = { procedures: null, deeds: ['file', 'supplement', 'receive'] as Mandate['deeds'], validFrom: '', validTo: '' }
const markoAsTold = () => ({ kind: 'person' as const, givenName: 'Марко', familyName: 'Илић', number: numbers.marko })
const jovanaAsTold = { kind: 'person' as const, givenName: 'Јована', familyName: 'Маринковић', number: numbers.jovana }
const firm = { kind: 'company' as const, givenName: '', familyName: 'Равница доо', number: companyNumber }

const seen = (change: Partial<MandateSeen> = {}): MandateSeen => ({
  ...terms, kind: 'proxy', who: jovanaAsTold, whom: markoAsTold(), caseNumber: '', proof: 'seen', note: 'ОПУ 118-2026', ...change,
})
/** Jovana may act for Marko, entered at the counter. */
const recorded = async (change: Partial<MandateSeen> = {}): Promise<Mandate> => (await recordMandate(as(counter), seen(change))).mandate
const offer = (change: Partial<MandateOffered> = {}): MandateOffered => ({
  ...terms, kind: 'proxy', email: 'jovana@primer.example', caseNumber: '', language: 'sr-Latn', ...change,
})
const filedBy = (actor: Actor, mandateId: string | null, change: Partial<Filing> = {}): Promise<OpenedCase> =>
  openCase(as(actor), petition({ applicant: { ...nobody, kind: 'person', mandateId }, ...change }))
async function actOf({ case: { id } }: OpenedCase): Promise<string> {
  const act = await makeAct(as(systemActor('make-act')), { caseId: id, letter: 'forwarding', jobKey: `act ${id}` })
  await deliverAct(as(systemActor('deliver-act')), id, `deliver ${id}`)
  return act.id
}

describe('coming to a mandate', () => {
  const claim = (change: Partial<MandateAsked> = {}): MandateAsked =>
    ({ ...terms, kind: 'company-representative', whom: firm, note: 'Извод из АПР-а', ...change })

  test('a citizen asks with a paper, a clerk reads the same number from it, and only then it allows anything', async () => {
    const asked = await askMandate(as(jovana), claim())
    const { id: documentId } = await attachProof(as(jovana), asked.id, paper)

    await expect(filedBy(jovana, asked.id)).rejects.toMatchObject({ code: 'mandate-not-confirmed' })
    const waiting = await listMandates(as(counter), { list: 'asked', q: '' })
    await expect(confirmMandate(as(counter), asked.id, { number: '100000008', proof: 'document', note: '' }))
      .rejects.toMatchObject({ code: 'mandate-number-differs' })
    await confirmMandate(as(counter), asked.id, { number: '101 134 702', proof: 'document', note: '' })
    const { case: filed } = await filedBy(jovana, asked.id)

    expect(waiting.map(({ mandate }) => mandate.id)).toContain(asked.id)
    expect((await readProof(as(counter), asked.id, documentId)).bytes).toEqual(paper.bytes)
    const file = await readCase(as(jovana), filed.id)
    expect(file.applicant).toMatchObject({ kind: 'company', familyName: 'Равница доо' })
    expect(file.representative).toMatchObject({ person: { id: jovana.personId }, mandate: { id: asked.id, proof: 'document' } })
    expect((await entries()).filter(({ subject }) => subject === asked.id).map(({ action, actor }) => [action, actor])).toEqual([
      ['mandate.ask', jovana.id], ['mandate.add-proof', jovana.id], ['mandate.confirm', counter.id],
    ])
  })

  test('the second mandate for the same company is for the same company, whoever asked', async () => {
    const [one, other] = [await askMandate(as(marko), claim()), await askMandate(as(erzsebet), claim())]
    for (const { id } of [one, other]) {
      await confirmMandate(as(counter), id, { number: companyNumber, proof: 'register', note: 'АПР' })
    }

    const forWhom = (await listMandates(as(counter), { list: 'all', q: 'ravnica' })).filter(({ standing }) => standing === 'in-force')
    expect(forWhom.length).toBeGreaterThanOrEqual(2)
    expect(new Set(forWhom.map(({ forPerson }) => forPerson.id)).size).toBe(1)
  })

  test('a claimed row that has become one with somebody known gives that person no second number', async () => {
    const asked = await askMandate(as(jovana), claim({ kind: 'guardian', whom: markoAsTold() }))
    const supervisor = as({ ...clerk(town, 'ana.kovac'), roles: ['supervisor'] })
    await as(systemActor('test')).db.transaction((trx) => trx('people').where({ id: marko.personId }).update({ identifier_hash: null }))
    await mergePeople(supervisor, erzsebet.personId!, { otherId: asked.forPersonId, take: [], reason: 'Иста особа' })

    await expect(confirmMandate(as(counter), asked.id, { number: numbers.marko, proof: 'register', note: 'МКР' }))
      .rejects.toMatchObject({ code: 'number-of-another' })
    expect((await findPeople(supervisor, numbers.erzsebet)).people.map(({ person }) => person.id)).toEqual([erzsebet.personId])
  })

  test('a clerk refuses with a reason that the asker reads, and without a paper nothing is confirmed by paper', async () => {
    const asked = await askMandate(as(jovana), claim({ kind: 'guardian', whom: markoAsTold() }))

    await expect(confirmMandate(as(counter), asked.id, { number: numbers.marko, proof: 'document', note: '' }))
      .rejects.toMatchObject({ code: 'mandate-proof-missing' })
    await expect(refuseMandate(as(counter), asked.id, ' ')).rejects.toMatchObject({ code: 'reason-missing' })
    await refuseMandate(as(counter), asked.id, 'Решење о старатељству је за друго лице.')

    const [mine] = (await myMandates(as(jovana))).filter(({ mandate }) => mandate.id === asked.id)
    expect(mine).toMatchObject({ standing: 'refused', mandate: { reason: 'Решење о старатељству је за друго лице.' } })
    await expect(refuseMandate(as(counter), asked.id, 'још једном')).rejects.toMatchObject({ code: 'wrong-state' })
    // What is claimed of a person is not told to them until it is true.
    expect((await myMandates(as(marko))).map(({ mandate }) => mandate.id)).not.toContain(asked.id)
  })

  test('a company’s number is checked, a guardian acts for no company, and nobody needs a mandate for themselves', async () => {
    await expect(askMandate(as(jovana), claim({ whom: { ...firm, number: '101134703' } })))
      .rejects.toMatchObject({ faults: [{ key: 'whom.number', code: 'check-digit' }] })
    await expect(askMandate(as(jovana), claim({ kind: 'guardian' }))).rejects.toMatchObject({ faults: [{ key: 'kind' }] })
    await expect(askMandate(as(jovana), claim({ kind: 'proxy', whom: jovanaAsTold }))).rejects.toMatchObject({ code: 'mandate-for-oneself' })
    await expect(askMandate(as({ ...anonymous }), claim())).rejects.toMatchObject({ code: 'not-signed-in' })
  })

  test('a clerk without the right, and a citizen, neither see the list nor decide nor enter', async () => {
    for (const actor of [clerk(town, 'milica.jovin'), jovana]) {
      await expect(listMandates(as(actor), { list: 'asked', q: '' })).rejects.toMatchObject({ code: 'not-allowed' })
      await expect(recordMandate(as(actor), seen())).rejects.toMatchObject({ code: 'not-allowed' })
    }
  })

  test('a person lets another act: the mail’s link is taken once, by somebody else, and in time', async () => {
    const offered = await offerMandate(as(marko), offer())
    while (await deliverNext(as(systemActor('outbox')), ['send-message'])) { /* each entry in turn */ }
    const mail = town.sentMails.find(({ id }) => id === offered.id)!
    const code = /code=([0-9A-Z]+)/.exec(mail.text)![1]!

    expect(mail.to).toBe('jovana@primer.example')
    expect(mail.text).toContain(`/mandates?offer=${offered.id}`)
    await expect(acceptOffer(as(jovana), offered.id, 'A'.repeat(15))).rejects.toMatchObject({ code: 'mandate-offer-over' })
    await expect(acceptOffer(as(marko), offered.id, code)).rejects.toMatchObject({ code: 'mandate-for-oneself' })
    expect(await readOffer(as(jovana), offered.id, code)).toMatchObject({ kind: 'proxy', deeds: terms.deeds })
    await acceptOffer(as(jovana), offered.id, code.toLowerCase())
    await expect(acceptOffer(as(erzsebet), offered.id, code)).rejects.toMatchObject({ code: 'mandate-offer-over' })

    const [given] = (await myMandates(as(marko))).filter(({ mandate }) => mandate.id === offered.id)
    expect(given).toMatchObject({ standing: 'in-force', person: { id: jovana.personId }, mandate: { proof: 'own-word' } })
  })

  test('an offer that was not taken in two weeks is over, and nobody sends more than ten', async () => {
    const late = await offerMandate(as(erzsebet), offer())
    const code = offerCode(as(erzsebet).keys, town.tenant.id, late.id)
    for (let sent = 1; sent < 10; sent++) await offerMandate(as(erzsebet), offer())

    await expect(offerMandate(as(erzsebet), offer())).rejects.toMatchObject({ code: 'too-many-offers', facts: { most: 10 } })
    town.clock.advance(15 * dayMs)
    await expect(acceptOffer(as(jovana), late.id, code)).rejects.toMatchObject({ code: 'mandate-offer-over' })
  })
})

test('whoever is acted for is written to when a clerk says so, so that a false paper is noticed', async () => {
  const { id } = await recorded()

  const [mail] = await as(marko).db.transaction((trx) => trx('messages').where({ only_once: `mandate-given ${id}` }))
  expect(mail).toMatchObject({ address: 'marko@primer.example', language: 'sr-Latn', status: 'waiting' })
  expect(mail.body).toContain('Јована Маринковић')
  expect(mail.body).toContain('/sombor/mandates')
})

describe('acting by it', () => {
  test('the represented is the applicant, who filed is named, and each of the two finds the request', async () => {
    const mandate = await recorded()

    const opened = await filedBy(jovana, mandate.id, { applicant: { ...nobody, kind: 'person', mandateId: mandate.id, givenName: 'Лажно', familyName: 'Име' } })

    expect(opened.case).toMatchObject({ applicantId: marko.personId, accountId: jovana.accountId, mandateId: mandate.id })
    const { timeline, applicant } = await readCase(as(marko), opened.case.id)
    expect(applicant).toMatchObject({ givenName: 'Марко', familyName: 'Илић' })
    expect(timeline[0]).toMatchObject({ kind: 'filed', actorName: 'Јована Маринковић', forName: 'Марко Илић' })
    expect((await myCases(as(jovana))).find(({ case: { id } }) => id === opened.case.id)?.forWhom).toBe('Марко Илић')
    expect((await myCases(as(marko))).find(({ case: { id } }) => id === opened.case.id)?.forWhom).toBeNull()
    expect((await entries()).findLast(({ action }) => action === 'case.open')).toMatchObject({
      actor: jovana.id, forWhom: marko.personId, facts: { mandate: mandate.id },
    })
  })

  test('a revoked mandate ends access between two requests: page, list, paper, code and the second click', async () => {
    const mandate = await recorded()
    const filing = petition({ applicant: { ...nobody, kind: 'person', mandateId: mandate.id } })
    const opened = await openCase(as(jovana), filing)
    const actId = await actOf(opened)
    await readDocument(as(jovana), opened.case.id, actId)
    await openByCode(as(visitor()), opened.case.number, opened.accessCode)

    await revokeMandate(as(marko), mandate.id)

    await expect(readCase(as(jovana), opened.case.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(readDocument(as(jovana), opened.case.id, actId)).rejects.toMatchObject({ code: 'not-found' })
    expect((await myCases(as(jovana))).map(({ case: { id } }) => id)).not.toContain(opened.case.id)
    await expect(openByCode(as(visitor()), opened.case.number, opened.accessCode)).rejects.toMatchObject({ code: 'number-or-code-wrong' })
    await expect(readCase(as({ ...visitor(), level: 'code', openedCaseId: opened.case.id }), opened.case.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(openCase(as(jovana), filing)).rejects.toMatchObject({ code: 'not-found' })
    await expect(filedBy(jovana, mandate.id)).rejects.toMatchObject({ code: 'mandate-revoked' })
    // Whose request it is keeps it, and its history says what ended.
    const { documents, timeline } = await readCase(as(marko), opened.case.id)
    expect(documents.map(({ id }) => id)).toContain(actId)
    expect(timeline.at(-1)).toMatchObject({ kind: 'mandate-revoked' })
  })

  test('whoever holds it may give it up, a clerk ends it with a reason, a stranger does not find it', async () => {
    const [one, other] = [await recorded(), await recorded()]

    await expect(revokeMandate(as(erzsebet), one.id)).rejects.toMatchObject({ code: 'not-found' })
    await revokeMandate(as(jovana), one.id)
    await expect(revokeMandate(as(jovana), one.id)).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(revokeMandate(as(counter), other.id)).rejects.toMatchObject({ code: 'reason-missing' })
    await revokeMandate(as(counter), other.id, 'Опозив оверен код нотара')

    expect((await entries()).at(-1)).toMatchObject({ action: 'mandate.revoke', actor: counter.id, forWhom: marko.personId, reason: 'Опозив оверен код нотара' })
  })

  test('another’s mandate, another procedure, a deed not given, the day before and the day after are refused, each with its reason', async () => {
    const today = new Date(town.clock.now())
    const day = (plus: number): string => new Date(today.getTime() + plus * dayMs).toISOString().slice(0, 10)
    const of = async (change: Partial<MandateSeen>): Promise<string> => (await recorded(change)).id
    const code = (actor: Actor, id: string): Promise<string> => filedBy(actor, id).then(() => 'filed', (error: { code: string }) => error.code)

    expect(await code(erzsebet, await of({}))).toBe('mandate-not-found')
    expect(await code(marko, await of({}))).toBe('mandate-not-found')
    expect(await code(jovana, await of({ procedures: ['register-extract'] }))).toBe('mandate-other-scope')
    expect(await code(jovana, await of({ deeds: ['receive'] }))).toBe('mandate-other-deed')
    expect(await code(jovana, await of({ kind: 'helper', deeds: [] }))).toBe('mandate-only-prepares')
    expect(await code(jovana, await of({ validFrom: day(2) }))).toBe('mandate-not-yet')
    expect(await code(jovana, await of({ validTo: day(1) }))).toBe('filed')
    const short = await of({ validTo: day(1) })
    town.clock.advance(3 * dayMs)
    expect(await code(jovana, short)).toBe('mandate-expired')
    expect(await code(jovana, '01930000-0000-7000-8000-000000000000')).toBe('mandate-not-found')
  })

  test('the level a procedure asks for is asked of who acts', async () => {
    const mandate = await recorded()

    await expect(filedBy({ ...jovana, level: 'code' }, mandate.id, { procedure: 'register-extract' })).rejects.toMatchObject({ code: 'level-too-low' })
  })

  test('without the right to receive, the request is read and the act is not; it stays unreceived', async () => {
    const mandate = await recorded({ deeds: ['file'] })
    const opened = await filedBy(jovana, mandate.id)
    const actId = await actOf(opened)

    const { documents } = await readCase(as(jovana), opened.case.id)
    expect(documents.filter(({ kind }) => kind === 'act')).toEqual([])
    await expect(readDocument(as(jovana), opened.case.id, actId)).rejects.toMatchObject({ code: 'mandate-other-deed' })
    await readDocument(as(marko), opened.case.id, actId)
    const opening = (await readCase(as(marko), opened.case.id)).timeline.filter(({ kind }) => kind === 'act-opened')
    expect(opening).toMatchObject([{ forName: null }])
  })

  test('who may receive has received for the other: history and audit say so', async () => {
    const mandate = await recorded()
    const opened = await filedBy(jovana, mandate.id)
    const actId = await actOf(opened)

    await readDocument(as(jovana), opened.case.id, actId)

    const opening = (await readCase(as(marko), opened.case.id)).timeline.find(({ kind }) => kind === 'act-opened')
    expect(opening).toMatchObject({ actorName: 'Јована Маринковић', forName: 'Марко Илић' })
    expect((await entries()).findLast(({ action }) => action === 'act.receive')).toMatchObject({ actor: jovana.id, forWhom: marko.personId })
  })

  test('what the represented filed themselves is seen by a mandate that gives more than filing, and by no other', async () => {
    const own = await filedBy(erzsebet, null)
    const narrow = await recorded({ whom: { ...jovanaAsTold, number: numbers.erzsebet }, who: markoAsTold(), deeds: ['file'] })
    await expect(readCase(as(marko), own.case.id)).rejects.toMatchObject({ code: 'not-found' })
    await revokeMandate(as(marko), narrow.id)

    await recorded({ whom: { ...jovanaAsTold, number: numbers.erzsebet }, who: markoAsTold(), deeds: ['supplement'], procedures: null, caseNumber: own.case.number })

    expect((await readCase(as(marko), own.case.id)).case.id).toBe(own.case.id)
    await expect(recorded({ caseNumber: own.case.number })).rejects.toMatchObject({ code: 'mandate-other-scope' })
  })

  test('the receipt and the act name both; the mails go to who may receive, and back to the applicant when that ends', async () => {
    const mandate = await recorded()
    const opened = await filedBy(jovana, mandate.id, { language: 'sr-Cyrl' })
    const actId = await actOf(opened)
    const { bytes } = await readDocument(as(marko), opened.case.id, actId)

    const act = await pdfText(bytes)
    expect(act).toContain('Марко Илић')
    expect(act).toContain('преко пуномоћника: Јована Маринковић')
    const receipt = await pdfText(await receiptPdf(as(marko), opened.case.id))
    expect(receipt).toMatch(/Пуномоћник\s+Јована Маринковић/)
    const addresses = async (onlyOnce: string): Promise<unknown> => {
      await sendToApplicant(as(systemActor('test')), opened.case.id, 'notice', { onlyOnce })
      return as(systemActor('test')).db.transaction((trx) => trx('messages').where({ only_once: `notice ${onlyOnce}` }).pluck('address'))
    }
    expect(await addresses(`1 ${opened.case.id}`)).toEqual(['jovana@primer.example'])
    await revokeMandate(as(marko), mandate.id)
    expect(await addresses(`2 ${opened.case.id}`)).toEqual(['marko@primer.example'])
  })
})

test('a paper signed by the represented is the applicant’s, one signed by who acts is the representative’s', async () => {
  const [mandate, strangers] = [await recorded(), await recorded({ who: { ...jovanaAsTold, number: numbers.erzsebet } })]

  const filer = (mandateId: string) => as(jovana).db.transaction((trx) => readFiler(trx, as(jovana), { kind: 'person', mandateId }))
  const hash = (number: string): string => as(jovana).keys.identifierHash(town.tenant.id, number).toString('hex')

  expect(await filer(mandate.id)).toEqual({ applicantHash: hash(numbers.marko), applicantName: 'Марко Илић', ownHash: hash(numbers.jovana) })
  expect(await filer(strangers.id)).toEqual({ applicantHash: null, applicantName: '', ownHash: hash(numbers.jovana) })
})

test('a helper prepares and hands over; the person finds everything, and the helper nothing any more', async () => {
  const { draftId, answers, procedure } = petition()
  await saveDraft(as(jovana), draftId, { procedure, answers, applicant: { kind: 'person', email: 'jovana@primer.example' }, page: 1 })
  const { code } = await handOverDraft(as(jovana), draftId)

  await expect(takeOverDraft(as(marko), draftId, 'A'.repeat(20))).rejects.toMatchObject({ code: 'draft-not-found' })
  const { draft } = await takeOverDraft(as(marko), draftId, code)

  expect(draft).toMatchObject({ answers, applicant: {}, accountId: marko.accountId })
  await expect(readDraft(as(jovana), draftId)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(takeOverDraft(as(erzsebet), draftId, code)).rejects.toMatchObject({ code: 'draft-not-found' })
  const { case: filed } = await openCase(as(marko), petition({ draftId, applicant: { ...nobody, kind: 'person' } }))
  expect(filed.applicantId).toBe(marko.personId)
})

test('a neighboring town knows nothing of a mandate', async () => {
  const mandate = await recorded()
  const zagora = await town.neighbor('stara-zagora')

  await expect(revokeMandate(zagora.contextFor(jovana), mandate.id)).rejects.toMatchObject({ code: 'not-found' })
  expect(await myMandates(zagora.contextFor(jovana))).toEqual([])
})

test('what a mandate allows on a day, in whatever state', () => {
  const mandate = {
    kind: 'proxy', state: 'confirmed', procedures: ['petition'], caseId: null, deeds: ['file'], validFrom: '2026-11-10', validTo: '2026-11-20',
  } as unknown as Mandate
  const use = { deed: 'file', procedure: 'petition', caseId: null, day: '2026-11-20' } as const

  expect(faultOfUse(mandate, use)).toBeNull()
  expect(faultOfUse(mandate, { ...use, day: '2026-11-21' })).toBe('mandate-expired')
  expect(faultOfUse(mandate, { ...use, day: '2026-11-09' })).toBe('mandate-not-yet')
  expect(faultOfUse({ ...mandate, state: 'offered' }, use)).toBe('mandate-not-confirmed')
  expect(faultOfUse({ ...mandate, state: 'revoked' }, use)).toBe('mandate-revoked')
  expect(faultOfUse({ ...mandate, procedures: null, caseId: 'one' }, { ...use, caseId: 'one' })).toBeNull()
  expect(faultOfUse({ ...mandate, procedures: null, caseId: 'one' }, { ...use, caseId: 'other' })).toBe('mandate-other-scope')
  expect(faultOfUse(mandate, { ...use, deed: 'pay' })).toBe('mandate-other-deed')
})
