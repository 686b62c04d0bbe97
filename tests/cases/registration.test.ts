import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { attachFile } from '../../server/cases/attachFile.ts'
import type { Context } from '../../server/cases/context.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { openCase, type Filing } from '../../server/cases/openCase.ts'
import { mergePeople } from '../../server/cases/people/mergePeople.ts'
import { activateAccount, declineAccount } from '../../server/cases/registration/activateAccount.ts'
import { cancelRegistration } from '../../server/cases/registration/cancelRegistration.ts'
import { checkCitizen } from '../../server/cases/registration/checkCitizen.ts'
import { closeActivation } from '../../server/cases/registration/closeActivation.ts'
import { confirmIdentity } from '../../server/cases/registration/confirmIdentity.ts'
import { createPendingAccount } from '../../server/cases/registration/createPendingAccount.ts'
import { deletePendingAccount } from '../../server/cases/registration/deletePendingAccount.ts'
import { lookAtLink } from '../../server/cases/registration/lookAtLink.ts'
import { readRegistration } from '../../server/cases/registration/readRegistration.ts'
import { registerCitizen, type CitizenAtCounter } from '../../server/cases/registration/registerCitizen.ts'
import { resendActivation, resendByLink } from '../../server/cases/registration/resendActivation.ts'
import { sendActivation } from '../../server/cases/registration/sendActivation.ts'
import { slipOf } from '../../server/cases/registration/slipOf.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { accountOf } from '../../server/identity/accounts.ts'
import { Claims } from '../../server/identity/claims.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { sha256 } from '../../server/identity/keys.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let djordje: Context
let automatic: Context
let anybody: Context

beforeEach(async () => {
  town = await testTown({ startsAt: '2026-11-24T09:00:00Z' })
  djordje = town.contextFor(clerk(town, 'djordje.stancic'))
  automatic = town.contextFor(systemActor('test'))
  anybody = town.contextFor(visitor())
})

afterEach(() => town.close())

const password = 'duga reka kod Bezdana'

/** Ružica, as the clerk takes her down from her identity card. */
function ruzica(change: Partial<CitizenAtCounter> = {}): CitizenAtCounter {
  return {
    clientKey: uuidv7(), numberKind: 'personal-number', number: '0505985155121', givenName: 'Ружица', familyName: 'Ковачев',
    bornOn: '1985-05-05', email: 'ruzica@primer.example', phone: '', residence: 'Венац Степе Степановића 3',
    document: { kind: 'identity-card', number: '011223344', validUntil: '2031-05-14' },
    language: 'sr-Cyrl', eDelivery: { given: true, textVersion: '2026-11-24' }, notices: ['email', 'sms'], isAnother: false, ...change,
  }
}

/** Registered, and the process has made the account and sent the link. */
async function waiting(change: Partial<CitizenAtCounter> = {}): Promise<{ caseId: string; token: string; code: string; personId: string }> {
  const { case: { id: caseId } } = await registerCitizen(djordje, ruzica(change))
  await createPendingAccount(automatic, caseId)
  await sendActivation(automatic, caseId, `job of ${caseId}`)
  const file = await readRegistration(djordje, caseId)
  return { caseId, token: await mailedToken(), code: (await slipOf(djordje, file)).activationCode, personId: file.person.id }
}

/** Sends what waits in the outbox, and reads the link of the last mail. */
async function mailedToken(): Promise<string> {
  while (await deliverNext(automatic, ['send-message']));
  return /\/sombor\/activate#(\S+)/.exec(town.sentMails.at(-1)?.text ?? '')?.[1] ?? ''
}

const rowsOf = (table: string): Promise<Record<string, unknown>[]> => automatic.db.transaction((trx) => trx(table).select())
const published = async (): Promise<string[]> => {
  while (await deliverNext(automatic, ['publish-message']));
  return town.engine.published.map(({ name }) => name)
}

describe('at the counter', () => {
  test('somebody is told by their number before they are registered: birthday, sex and age', async () => {
    const told = await checkCitizen(djordje, ruzica())

    expect(told).toMatchObject({ bornOn: '1985-05-05', sex: 'female', age: 41, oldEnough: true, account: 'none', faults: [], similar: [] })
  })

  test('a bad check digit only warns, and a bad address is a fault', async () => {
    const told = await checkCitizen(djordje, ruzica({ number: '0505985155122', email: 'ruzica' }))

    expect(told.faults).toEqual([
      { key: 'number', code: 'check-digit', facts: {}, warning: true }, { key: 'email', code: 'not-an-email', facts: {} },
    ])
  })

  test('a registration is a case, with the person, the consent as it was read out, and an audit entry', async () => {
    const { case: filed } = await registerCitizen(djordje, ruzica())

    expect(filed).toMatchObject({ procedure: 'citizen-registration', channel: 'counter', takenIn: 'citizen-service' })
    expect(await readRegistration(djordje, filed.id)).toMatchObject({
      state: 'starting', person: { familyName: 'Ковачев', bornOn: '1985-05-05' }, registration: { email: 'ruzica@primer.example' },
    })
    expect(await rowsOf('consents')).toEqual([expect.objectContaining({ given: true, text_version: '2026-11-24', recorded_by: 'user-djordje.stancic' })])
    expect((await rowsOf('audit_entries')).map(({ action }) => action)).toContain('citizen.register')
    expect(await published()).toEqual(['sombor--citizen-registration--start'])
  })

  test('neither name nor number nor address leaves the case for the process', async () => {
    await registerCitizen(djordje, ruzica())
    await published()

    expect(JSON.stringify(town.engine.published)).not.toMatch(/0505985155121|Ковачев|ruzica|011223344|1985-05-05/)
  })

  test('the same click twice is one registration with the same slip', async () => {
    const given = ruzica()

    const [first, second] = await Promise.all([registerCitizen(djordje, given), registerCitizen(djordje, given)])

    expect(second.case.id).toBe(first.case.id)
    expect(await rowsOf('registrations')).toHaveLength(1)
  })

  test('somebody of fifteen is refused on the day before the birthday and taken on it', async () => {
    const young = ruzica({ numberKind: 'passport', number: 'PA 123 4567', bornOn: '2010-11-25' })

    await expect(registerCitizen(djordje, young)).rejects.toMatchObject({
      code: 'form-has-faults', faults: [{ key: 'bornOn', code: 'too-young', facts: { min: 16 } }],
    })
    await expect(registerCitizen(djordje, { ...young, bornOn: '2010-11-24' })).resolves.toBeDefined()
  })

  test('a document that ran out yesterday, another wording of the consent and a wrong address are told by the names of the counter', async () => {
    const faultsOf = (change: Partial<CitizenAtCounter>): Promise<unknown> =>
      registerCitizen(djordje, ruzica(change)).then(() => [], (refusal: { faults: { key: string; code: string }[] }) => refusal.faults.map(({ key, code }) => `${key} ${code}`))

    expect(await faultsOf({ document: { kind: 'passport', number: 'PA1', validUntil: '2026-11-23' } })).toEqual(['document.validUntil date-passed'])
    expect(await faultsOf({ document: { kind: 'passport', number: '1', validUntil: '2026-11-24' } })).toEqual(['document.number too-short'])
    expect(await faultsOf({ eDelivery: { given: true, textVersion: '2020-01-01' } })).toEqual(['eDelivery other-wording'])
    expect(await faultsOf({ email: 'ruzica' })).toEqual(['email not-an-email'])
  })

  test('who takes in requests but registers nobody cannot do so by filing the request at the counter', async () => {
    const ana = town.contextFor(clerk(town, 'ana.kovac'))
    const { case: { answers } } = await registerCitizen(djordje, ruzica())
    const filing: Filing = {
      procedure: 'citizen-registration', draftId: uuidv7(), clientKey: uuidv7(), language: 'sr-Cyrl', channel: 'counter', answers,
      applicant: {
        kind: 'person', givenName: 'Петар', familyName: 'Симић', number: '1503985810120', email: 'petar@primer.example', phone: '', address: '',
        delivery: 'electronic',
      },
    }

    await expect(openCase(ana, filing)).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await rowsOf('registrations')).toHaveLength(1)
  })

  test('who has an account is not registered again: by the number, and by the address', async () => {
    await citizen(town)
    await town.citizens.createPending({ ...ruzica(), phone: null, address: null }, 'another')

    await expect(registerCitizen(djordje, ruzica({ number: '2307990855035', bornOn: '1990-07-23', email: 'other@primer.example' })))
      .rejects.toMatchObject({ code: 'account-exists', facts: { of: 'person' } })
    await expect(registerCitizen(djordje, ruzica())).rejects.toMatchObject({ code: 'account-exists', facts: { of: 'address' } })
    expect(await checkCitizen(djordje, ruzica())).toMatchObject({ account: 'of-this-address' })
  })

  test('two clerks who register the same person at once: one does, the other is told which case', async () => {
    const answers = await Promise.allSettled([registerCitizen(djordje, ruzica()), registerCitizen(djordje, ruzica({ email: 'second@primer.example' }))])

    const [refused] = answers.filter(({ status }) => status === 'rejected')
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(refused).toMatchObject({ reason: { code: 'registration-under-way', facts: { caseId: expect.any(String) } } })
  })

  test('somebody similar is shown first: the clerk says it is the same person, or another', async () => {
    const first = await registerCitizen(djordje, ruzica({ numberKind: 'passport', number: 'PA7654321', email: 'first@primer.example' }))
    const second = ruzica({ givenName: 'Ruzica', familyName: 'Kovacev' })

    await expect(registerCitizen(djordje, second)).rejects.toMatchObject({ code: 'similar-people', facts: { people: [first.case.applicantId] } })
    await expect(registerCitizen(djordje, { ...second, samePersonId: first.case.applicantId! })).rejects.toMatchObject({ code: 'number-of-another' })
    const another = await registerCitizen(djordje, { ...second, isAnother: true })

    expect(another.case.applicantId).not.toBe(first.case.applicantId)
  })

  test('the row of a person who filed before without a number becomes theirs, with the number', async () => {
    const before = await openCase(anybody, {
      procedure: 'petition', draftId: uuidv7(), clientKey: uuidv7(), language: 'sr-Latn', channel: 'portal',
      applicant: { kind: 'person', givenName: 'Ružica', familyName: 'Kovačev', number: '', email: '', phone: '', address: 'Sombor', delivery: 'post' },
      answers: { petitionKind: 'question', subject: 'Rasveta', petitionText: 'Kada će se popraviti rasveta u ulici?', answerChannel: 'post' },
    })
    const personId = before.case.applicantId!

    const { case: filed } = await registerCitizen(djordje, ruzica({ samePersonId: personId }))

    expect(filed.applicantId).toBe(personId)
    expect(await checkCitizen(djordje, ruzica())).toMatchObject({ similar: [expect.objectContaining({ why: 'same-number' })] })
  })

  test('only who may register does', async () => {
    for (const who of ['milica.jovin', 'vesna.radic', 'zarko.milosev']) {
      await expect(registerCitizen(town.contextFor(clerk(town, who)), ruzica())).rejects.toMatchObject({ code: 'not-allowed' })
    }
    await expect(registerCitizen(anybody, ruzica())).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('the slip says in the person’s language what to do, and the second print says the same', async () => {
    const { case: filed } = await registerCitizen(djordje, ruzica({ language: 'hu' }))
    const slip = await slipOf(djordje, await readRegistration(djordje, filed.id))

    expect(slip).toMatchObject({ title: 'Elkészült a fiókja', name: 'Ковачев Ружица', number: filed.number })
    expect(slip.activationCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/)
    expect(slip.qr).toBe(`http://salter.example/sombor/activate#code=${slip.activationCode.replace(' ', '')}`)
    expect(slip.steps[0]).toContain('ruzica@primer.example')
    expect([...slip.steps, ...slip.notes].join(' ')).not.toMatch(/[{}]/)
    expect(await slipOf(djordje, await readRegistration(djordje, filed.id))).toEqual(slip)
  })
})

describe('the account that is prepared', () => {
  test('is shut, and the same job twice prepares one and sends one letter', async () => {
    const { caseId } = await waiting()
    await createPendingAccount(automatic, caseId)
    await sendActivation(automatic, caseId, `job of ${caseId}`)
    await mailedToken()

    expect([...town.citizens.accounts.values()]).toEqual([{ email: 'ruzica@primer.example', mark: `sombor/${caseId}`, enabled: false, password: '' }])
    expect(town.sentMails).toHaveLength(1)
  })

  test('waits for Keycloak when it is away, and is not made twice when it answered and was not heard', async () => {
    const { case: filed } = await registerCitizen(djordje, ruzica())
    town.citizens.isDown = true
    await expect(createPendingAccount(automatic, filed.id)).rejects.toMatchObject({ system: 'keycloak' })
    town.citizens.isDown = false
    await town.citizens.createPending({ ...ruzica(), phone: null, address: null }, `sombor/${filed.id}`)

    await createPendingAccount(automatic, filed.id)

    expect(town.citizens.accounts.size).toBe(1)
    expect(await readRegistration(djordje, filed.id)).toMatchObject({ state: 'waiting' })
  })

  test('the mail has the link and not the code, and the database has neither', async () => {
    const { token, code } = await waiting()

    const { text } = town.sentMails[0]!
    expect(text).toContain(`http://salter.example/sombor/activate#${token}`)
    expect(text).not.toContain(code.replace(' ', ''))
    const kept = JSON.stringify([await rowsOf('registrations'), await rowsOf('messages'), await rowsOf('outbox'), await rowsOf('timeline_entries')])
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(code.replace(' ', ''))
    expect((await rowsOf('registrations'))[0]!.token_hash).toEqual(sha256(token))
  })

  test('opens with link and code together, and the first login finds the person the clerk took down', async () => {
    const { caseId, token, code, personId } = await waiting()
    expect(await lookAtLink(anybody, token)).toMatchObject({ state: 'ready', name: 'Ружица К.', code: 'slip' })

    expect(await activateAccount(anybody, { token, code: code.toLowerCase(), password })).toBe('ruzica@primer.example')

    const [subject, account] = [...town.citizens.accounts][0]!
    expect(account).toMatchObject({ enabled: true, password })
    expect(await accountOf(anybody, Claims.parse({ sub: subject, sid: 's', exp: 1, given_name: 'Ружица', family_name: 'Ковачев' }), 'sr-Cyrl')).toMatchObject({ personId })
    expect(await published()).toContain('email-confirmed')
    expect(await lookAtLink(anybody, token)).toMatchObject({ state: 'used' })
    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ code: 'registration-over' })
    // What has been opened no step of the process takes away.
    expect(await closeActivation(automatic, caseId)).toBe(true)
    await deletePendingAccount(automatic, caseId)
    expect(town.citizens.accounts.size).toBe(1)
  })

  test('a wrong address on the slip opens nothing: the link without the code is worth eight tries', async () => {
    const { token, code } = await waiting()
    for (let attempt = 0; attempt < 8; attempt++) {
      await expect(activateAccount(anybody, { token, code: '0000 0000', password })).rejects.toMatchObject({ code: 'number-or-code-wrong' })
    }

    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ code: 'link-expired' })
    await expect(activateAccount(anybody, { token: 'forged'.repeat(8), code, password })).rejects.toMatchObject({ code: 'link-unknown' })
    expect([...town.citizens.accounts.values()][0]).toMatchObject({ enabled: false })
  })

  test('a password Keycloak refuses changes nothing, and the next one is taken', async () => {
    const { token, code } = await waiting()

    await expect(activateAccount(anybody, { token, code, password: 'kratka' })).rejects.toMatchObject({ code: 'password-refused' })
    town.citizens.isDown = true
    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ system: 'keycloak' })
    town.citizens.isDown = false

    await expect(activateAccount(anybody, { token, code, password })).resolves.toBe('ruzica@primer.example')
  })

  test('a link lives a day to the minute, and whoever holds it asks for another', async () => {
    const { caseId, token, code } = await waiting()
    town.clock.advance(24 * 3_600_000)

    expect(await lookAtLink(anybody, token)).toMatchObject({ state: 'expired', mayAskAgain: true })
    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ code: 'link-expired' })
    await resendByLink(anybody, token)
    expect(await published()).toContain('send-again')
    await sendActivation(automatic, caseId, 'job-2')
    const second = await mailedToken()

    expect(second).not.toBe(token)
    await expect(lookAtLink(anybody, token)).rejects.toMatchObject({ code: 'link-unknown' })
    await expect(activateAccount(anybody, { token: second, code, password })).resolves.toBeDefined()
  })

  test('the process waits ten minutes longer than the link, so that nobody confirms in vain', async () => {
    const { case: filed } = await registerCitizen(djordje, ruzica())
    await createPendingAccount(automatic, filed.id)

    expect(await sendActivation(automatic, filed.id, 'job-1')).toBe('2026-11-25T09:10:00.000Z')
    expect(await readRegistration(djordje, filed.id)).toMatchObject({ registration: { linkUntil: new Date('2026-11-25T09:00:00Z') } })
  })

  test('not opened in time it is removed, and the same person may begin again', async () => {
    const { caseId } = await waiting()

    expect(await closeActivation(automatic, caseId)).toBe(false)
    await deletePendingAccount(automatic, caseId)
    await deletePendingAccount(automatic, caseId)

    expect(town.citizens.accounts.size).toBe(0)
    expect(await readRegistration(djordje, caseId)).toMatchObject({ state: 'expired' })
    await expect(registerCitizen(djordje, ruzica())).resolves.toBeDefined()
  })

  test('a mistyped address is put right: the account is made anew for the right one, and the old is gone', async () => {
    const { caseId, token, code } = await waiting({ email: 'ruizca@primer.example' })

    await resendActivation(djordje, caseId, { email: 'ruzica@primer.example' })
    // Whoever reads the mailbox of the mistyped address has not shown that the right one is theirs.
    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ code: 'link-unknown' })
    await sendActivation(automatic, caseId, 'job-2')
    const second = await mailedToken()

    expect(town.sentMails.at(-1)).toMatchObject({ to: 'ruzica@primer.example' })
    expect([...town.citizens.accounts.values()].map(({ email }) => email)).toEqual(['ruzica@primer.example'])
    await expect(activateAccount(anybody, { token, code, password })).rejects.toMatchObject({ code: 'link-unknown' })
    await expect(activateAccount(anybody, { token: second, code, password })).resolves.toBe('ruzica@primer.example')
  })

  test('a letter that waited while its address was put right carries no link', async () => {
    const { case: { id: caseId } } = await registerCitizen(djordje, ruzica({ email: 'ruizca@primer.example' }))
    await createPendingAccount(automatic, caseId)
    await sendActivation(automatic, caseId, 'job-1')

    await resendActivation(djordje, caseId, { email: 'ruzica@primer.example' })

    expect(await mailedToken()).toBe('')
    expect(town.sentMails.at(-1)).toMatchObject({ to: 'ruizca@primer.example' })
  })

  test('practised in a copy, it takes no real address in Keycloak', async () => {
    const { case: { id: caseId } } = await registerCitizen(djordje, ruzica())

    await createPendingAccount({ ...automatic, tenant: { ...automatic.tenant, trainingOf: 'sombor' } }, caseId)

    expect([...town.citizens.accounts.values()].map(({ email }) => email)).toEqual([`${caseId}@practice.invalid`])
  })

  test('six links and no more', async () => {
    const { caseId } = await waiting()
    for (let letter = 2; letter <= 6; letter++) {
      await resendActivation(djordje, caseId, {})
      await sendActivation(automatic, caseId, `job-${letter}`)
    }

    await expect(resendActivation(djordje, caseId, {})).rejects.toMatchObject({ code: 'too-many-letters' })
    expect((await published()).filter((name) => name === 'send-again')).toHaveLength(5)
  })

  test('given up at the counter or by the person, the link is worth nothing and the process removes the account', async () => {
    const first = await waiting()
    await cancelRegistration(djordje, first.caseId, 'Особа се предомислила')
    await expect(activateAccount(anybody, { ...first, password })).rejects.toMatchObject({ code: 'registration-over' })
    await expect(cancelRegistration(djordje, first.caseId, 'још једном')).rejects.toMatchObject({ code: 'registration-over' })
    await deletePendingAccount(automatic, first.caseId)
    const second = await waiting()
    await declineAccount(anybody, second)
    await deletePendingAccount(automatic, second.caseId)

    expect((await published()).filter((name) => name === 'request-withdrawn')).toHaveLength(2)
    expect(town.citizens.accounts.size).toBe(0)
    expect((await rowsOf('audit_entries')).find(({ action }) => action === 'citizen.cancel')).toMatchObject({ reason: 'Особа се предомислила' })
  })

  test('cancelled before the process came to it, no account is made', async () => {
    const { case: filed } = await registerCitizen(djordje, ruzica())
    await cancelRegistration(djordje, filed.id, 'Погрешна особа')

    await createPendingAccount(automatic, filed.id)

    expect(town.citizens.accounts.size).toBe(0)
  })
})

describe('on the portal', () => {
  const draftId = uuidv7()
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

  async function filing(change: Partial<Filing['applicant']> = {}): Promise<Filing> {
    await saveDraft(anybody, draftId, { procedure: 'citizen-registration', answers: {}, applicant: {}, page: 0 })
    const scan = await attachFile(anybody, draftId, { field: 'scans', fileName: 'karta.png', declaredType: 'image/png', bytes: png })
    return {
      procedure: 'citizen-registration', draftId, clientKey: uuidv7(), language: 'sr-Latn', channel: 'portal',
      applicant: {
        kind: 'person', givenName: 'Ružica', familyName: 'Kovačev', number: '0505985155121', email: 'ruzica@primer.example', phone: '',
        address: '', delivery: 'electronic', ...change,
      },
      answers: {
        numberKind: 'personal-number', bornOn: '1985-05-05', documentKind: 'identity-card', documentNumber: '011223344',
        documentValidUntil: '2031-05-14', scans: [scan.id], eDelivery: 'yes', notices: ['email'],
      },
    }
  }

  test('papers and an address are needed, and nobody stays unnamed', async () => {
    const good = await filing()
    const faultsOf = (wrong: Filing): Promise<unknown> =>
      openCase(anybody, wrong).then(() => [], (refusal: { faults: { key: string; code: string }[] }) => refusal.faults.map(({ key, code }) => `${key} ${code}`))

    expect(await faultsOf({ ...good, draftId: uuidv7(), answers: { ...good.answers, scans: [] } })).toEqual(['scans required'])
    expect(await faultsOf({ ...good, applicant: { ...good.applicant, email: '', delivery: 'pick-up' } })).toEqual(['applicant.email required'])
    expect(await faultsOf({ ...good, applicant: { ...good.applicant, kind: 'anonymous' } })).toEqual(['applicant.kind not-an-option'])
    expect(await faultsOf({ ...good, applicant: { ...good.applicant, number: '' } })).toEqual(['applicant.number required'])
    expect(await faultsOf({ ...good, answers: { ...good.answers, bornOn: '1985-05-06' } })).toEqual(['bornOn other-birth-date'])
  })

  test('the number proves nothing yet; after the check the link comes by mail, and the code is the one of the receipt on the screen', async () => {
    const { case: filed, accessCode } = await openCase(anybody, await filing())
    expect(await readRegistration(djordje, filed.id)).toMatchObject({ state: 'to-check' })
    expect((await rowsOf('people'))[0]).toMatchObject({ identifier_hash: null })
    await createPendingAccount(automatic, filed.id)
    await sendActivation(automatic, filed.id, 'job-1')
    const token = await mailedToken()

    expect(town.sentMails[0]!.text).not.toContain(accessCode)
    expect(await lookAtLink(anybody, token)).toMatchObject({ code: 'receipt' })
    await expect(activateAccount(anybody, { token, code: accessCode, password })).resolves.toBe('ruzica@primer.example')
  })

  test('who has lost the receipt shows a document at the counter, and the code of the printed slip is right, too', async () => {
    const { case: filed } = await openCase(anybody, await filing())
    await createPendingAccount(automatic, filed.id)
    await sendActivation(automatic, filed.id, 'job-1')
    const token = await mailedToken()

    const { activationCode: code } = await slipOf(djordje, await readRegistration(djordje, filed.id))

    await expect(activateAccount(anybody, { token, code, password })).resolves.toBe('ruzica@primer.example')
    expect((await rowsOf('audit_entries')).filter(({ action }) => action === 'case.read')).toHaveLength(1)
  })

  test('somebody who takes another’s number is stopped when the account would be made, not told so before', async () => {
    await citizen(town, { name: 'Ружица Ковачев', number: '0505985155121', email: 'real@primer.example' })
    const { case: filed } = await openCase(anybody, await filing())

    await expect(createPendingAccount(automatic, filed.id)).rejects.toMatchObject({ code: 'account-exists' })

    expect(await readRegistration(djordje, filed.id)).toMatchObject({ state: 'duplicate' })
    expect(town.citizens.accounts.size).toBe(0)
  })

  test('who is signed in has an account already', async () => {
    const jovana: Actor = await citizen(town)

    await expect(openCase(town.contextFor(jovana), await filing())).rejects.toMatchObject({ code: 'account-exists' })
  })
})

describe('identity confirmed face to face', () => {
  const seen = { numberKind: 'personal-number' as const, number: '0505985155121', document: { kind: 'identity-card', lastDigits: '3344', validUntil: '2031-05-14' } }

  async function unproven(): Promise<string> {
    const { case: filed } = await openCase(anybody, {
      procedure: 'petition', draftId: uuidv7(), clientKey: uuidv7(), language: 'sr-Latn', channel: 'portal',
      applicant: { kind: 'person', givenName: 'Ružica', familyName: 'Kovačev', number: '', email: '', phone: '', address: 'Sombor', delivery: 'post' },
      answers: { petitionKind: 'question', subject: 'Rasveta', petitionText: 'Kada će se popraviti rasveta u ulici?', answerChannel: 'post' },
    })
    return filed.applicantId!
  }

  test('the number is proven from then on, of the document only the end is kept, and the audit says who saw it', async () => {
    const personId = await unproven()

    expect(await confirmIdentity(djordje, personId, seen)).toMatchObject({ personId, numberMask: expect.stringMatching(/121$/) })

    expect(await checkCitizen(djordje, ruzica({ givenName: '', familyName: '' }))).toMatchObject({ similar: [{ why: 'same-number', person: { id: personId, bornOn: '1985-05-05' } }] })
    expect(await rowsOf('identity_checks')).toEqual([expect.objectContaining({ document_end: '3344', checked_by: 'user-djordje.stancic' })])
    expect((await rowsOf('audit_entries')).map(({ action }) => action)).toContain('citizen.confirm')
  })

  test('another’s number, a second number, a document that ran out and who may not are refused', async () => {
    const personId = await unproven()
    await citizen(town)

    await expect(confirmIdentity(djordje, personId, { ...seen, number: '2307990855035' })).rejects.toMatchObject({ code: 'number-of-another' })
    await confirmIdentity(djordje, personId, seen)
    await expect(confirmIdentity(djordje, personId, { ...seen, number: '1503985810120' })).rejects.toMatchObject({ code: 'number-of-another' })
    await expect(confirmIdentity(djordje, personId, { ...seen, document: { ...seen.document, validUntil: '2026-11-23' } }))
      .rejects.toMatchObject({ faults: [{ key: 'document.validUntil', code: 'date-passed' }] })
    await expect(confirmIdentity(town.contextFor(clerk(town, 'milica.jovin')), personId, seen)).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('whoever was merged into another row is confirmed at the row that stands for them', async () => {
    const [kept, other] = [await unproven(), await unproven()]
    const supervisor = town.contextFor({ ...clerk(town, 'ana.kovac'), roles: ['supervisor'] })
    await mergePeople(supervisor, kept, { otherId: other, take: [], reason: 'Иста особа' })

    expect(await confirmIdentity(djordje, other, seen)).toMatchObject({ personId: kept })
    expect(await rowsOf('identity_checks')).toEqual([expect.objectContaining({ person_id: kept })])
  })

  test('of several who are confirmed with one number at once, one has it', async () => {
    const people = [await unproven(), await unproven(), await unproven(), await unproven()]

    const tried = await Promise.allSettled(people.map((id) => confirmIdentity(djordje, id, seen)))

    const refused = tried.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toEqual(Array(3).fill(expect.objectContaining({ code: 'number-of-another' })))
  })
})
