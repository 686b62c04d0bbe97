import { describe, expect, test } from 'vitest'
import type { FormSchema } from '../../server/http/contract/catalogue.ts'
import type { Answers } from '../../server/http/contract/words.ts'
import { answerRows } from '../../ui/portal/apply/answerRows.ts'
import { applicantFaults, applicantKinds, firstApplicant, type AboutApplicant } from '../../ui/portal/apply/applicant.ts'
import { deliveryAsked } from '../../ui/shared/forms/deliveryAsked.ts'
import { withDocuments } from '../../ui/shared/forms/withDocuments.ts'
import { feeWords } from '../../ui/shared/words/feeWords.ts'
import { linesOf } from '../../ui/portal/parts/linesOf.ts'
import { markParts } from '../../ui/portal/parts/markParts.ts'
import { faultSentence } from '../../ui/shared/forms/faultSentence.ts'
import { FeelInForms, TemplatesInForms } from '../../ui/shared/forms/feelInForms.ts'
import { fieldId } from '../../ui/shared/forms/fieldId.ts'
import { belongsTo, fieldsOf, pagesOf } from '../../ui/shared/forms/pages.ts'
import { pathText, ShownFaults } from '../../ui/shared/forms/shownFaults.ts'

const schema: FormSchema = {
  id: 'request',
  type: 'default',
  components: [
    { type: 'group', id: 'what', label: 'What', components: [
      { type: 'radio', id: 'a', key: 'kind', label: 'Kind?', values: [
        { label: 'of birth', value: 'birth' }, { label: 'of death', value: 'death' },
      ] },
      { type: 'number', id: 'b', key: 'copies', label: 'Copies', conditional: { hide: '=kind = "death"' } },
      { type: 'checkbox', id: 'c', key: 'agreed', label: 'Agreed' },
    ] },
    { type: 'group', id: 'who', label: 'Who', path: 'subject', components: [
      { type: 'datetime', subtype: 'date', id: 'd', key: 'birthDate', label: 'Born' },
      { type: 'files', id: 'e', key: 'proof', label: 'Proof', documentId: 'proof' },
    ] },
  ],
}
const words = { yes: 'yes', no: 'no', day: (iso: string) => `on ${iso}`, files: () => ['one.jpg', 'two.pdf'] }

describe('a form', () => {
  test('has its top-level groups for pages', () => {
    expect(pagesOf(schema).map(({ label }) => label)).toEqual(['What', 'Who'])
    expect(fieldsOf(pagesOf(schema)[1] ?? { id: '', type: 'group' }).map(({ key }) => key)).toEqual(['subject.birthDate', 'subject.proof'])
  })

  test('without groups is one page', () => {
    expect(pagesOf({ id: 'plain', type: 'default', components: [{ type: 'textfield', key: 'name' }] })).toHaveLength(1)
  })

  test('finds the page of a fault inside a list', () => {
    expect(belongsTo('children[0].name', 'children')).toBe(true)
    expect(belongsTo('childrenOfMine', 'children')).toBe(false)
  })

  test('gets one more page for papers it does not ask for itself', () => {
    const papers = [
      { id: 'proof', name: 'Proof', note: '', broughtBy: 'party', need: 'conditional' },
      { id: 'plan', name: 'Plan', note: '', broughtBy: 'party', need: 'required' },
      { id: 'entry', name: 'Entry', note: '', broughtBy: 'office', need: 'required' },
    ] as const

    const pages = pagesOf(withDocuments(schema, [...papers], 'Papers'))

    expect(pages.map(({ label }) => label)).toEqual(['What', 'Who', 'Papers'])
    expect(fieldsOf(pages[2] ?? { id: '', type: 'group' }).map(({ key }) => key)).toEqual(['documents.plan'])
  })

  test('is read back in words before it is sent', () => {
    const given = { kind: 'birth', copies: 2, agreed: true, subject: { birthDate: '1985-03-14', proof: ['x', 'y'] } }
    const rows = answerRows(schema, given, {}, words)

    expect(rows.map((page) => page.map(({ label, value }) => `${label} ${value}`))).toEqual([
      ['Kind? of birth', 'Copies 2', 'Agreed yes'], ['Born on 1985-03-14', 'Proof one.jpg, two.pdf'],
    ])
  })

  test('leaves out what its conditions hide', () => {
    const [first] = answerRows(schema, { kind: 'death', copies: 2 }, {}, words)

    expect(first?.map(({ key }) => key)).not.toContain('copies')
  })
})

describe('conditions and gaps of a form', () => {
  const told: unknown[] = []
  const feel = new FeelInForms({ fire: (_, { error }) => told.push(error) })
  const templates = new TemplatesInForms(feel)

  test('are evaluated in decimals, not in floats', () => {
    expect(feel.evaluate('=0.1 + 0.2 = 0.3', {})).toBe(true)
    expect(feel.evaluateUnaryTest('=not(country = "bg")', { country: 'rs' })).toBe(true)
  })

  test('name the variables they read', () => {
    expect(feel.getVariableNames('=kind = "birth" and copies > 1')).toEqual(['kind', 'copies'])
    expect(templates.getVariableNames('For {{name}}, {{copies}} copies')).toEqual(['name', 'copies'])
  })

  test('fill the gaps of a text', () => {
    expect(templates.evaluate('For {{name}}, {{copies + 1}} copies', { name: 'Ana', copies: 2 })).toBe('For Ana, 3 copies')
  })

  test('that are wrong are told, not thrown', () => {
    expect(feel.evaluate('=if then', {})).toBeNull()
    expect(told).toHaveLength(1)
  })
})

test('a fault stands at its field until it is taken away', () => {
  const shown = new ShownFaults()
  shown.show(new Map([['children[0].name', 'Fill in the name']]))

  expect(pathText(['children', 0, 'name'])).toBe('children[0].name')
  expect(shown.validateFieldInstance({ valuePath: ['children', 0, 'name'] })).toEqual(['Fill in the name'])
  expect(shown.validateFieldInstance({ valuePath: ['children', 1, 'name'] })).toEqual([])
  expect(fieldId('children[0].name')).toBe(fieldId(['children', 0, 'name']))
})

test('a fault is told as what to do, a question otherwise than a name', () => {
  const said = {
    t: (key: string, facts: Record<string, unknown>) => `${key} ${String(facts['label'])}`,
    te: (key: string) => key !== 'faults.unheard-of',
  }
  const fault = (code: string) => ({ field: 'x', code, facts: {}, warning: false })

  expect(faultSentence(fault('required'), 'Which one?', said)).toBe('faults.required-answer Which one?')
  expect(faultSentence(fault('too-long'), 'Which one?', said)).toBe('faults.too-long Which one')
  expect(faultSentence(fault('unheard-of'), 'Name', said)).toBe('faults.other Name')
})

describe('who files', () => {
  const open: AboutApplicant = {
    country: 'rs', assurance: 'anonymous', kinds: ['person', 'company'], opensAccount: false,
    me: {
      signedIn: false, level: 'anonymous', name: '', initials: '', staff: false, roles: [], may: [], units: [], contact: null,
      formToken: '', endsAt: null,
    },
  }
  const known: AboutApplicant = { ...open, me: { ...open.me, signedIn: true, level: 'password', contact: {
    givenName: 'Јована', familyName: 'Вукојевић', email: 'jovana@primer.example', phone: '', address: 'Карађорђева 14',
    personalNumberMask: '0101*********', identityConfirmedAt: null,
  } } }

  test('may stay without a name only where the procedure allows it and nobody is signed in', () => {
    expect(applicantKinds(open)).toContain('anonymous')
    expect(applicantKinds(known)).not.toContain('anonymous')
    expect(applicantKinds({ ...open, assurance: 'password' })).not.toContain('anonymous')
  })

  test('is filled in from the account, and what was typed wins', () => {
    const applicant = firstApplicant(known, { phone: '064 111 000', address: '' })

    expect(applicant).toMatchObject({
      kind: 'person', familyName: 'Вукојевић', phone: '064 111 000', address: 'Карађорђева 14', delivery: 'electronic',
    })
  })

  test('is asked for a name, a reachable address and a right number', () => {
    const faults = applicantFaults({ ...firstApplicant(open, {}), givenName: 'Лука', number: '0101000805019', delivery: 'post' }, open)

    expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'applicant.familyName required', 'applicant.number check-digit', 'applicant.address required',
    ])
  })

  test('needs an e-mail address for an electronic answer unless an account keeps it', () => {
    const given = { ...firstApplicant(open, {}), givenName: 'Лука', familyName: 'Ћирић' }

    expect(applicantFaults(given, open).map(({ field }) => field)).toEqual(['applicant.email'])
    expect(applicantFaults({ ...firstApplicant(known, {}), email: '' }, known)).toEqual([])
  })

  test('is not asked twice how the answer should come', () => {
    const asked: Answers[] = [{}, { answerChannel: 'post' }, { answerChannel: 'inbox' }]

    expect(asked.map((answers) => deliveryAsked(answers))).toEqual([undefined, 'post', 'electronic'])
  })
})

test('a fee is told in a few words', () => {
  const said = {
    t: (key: string, facts?: Record<string, unknown>) => [key, ...Object.values(facts ?? {})].join(' '),
    money: ({ minor }: { minor: number }) => String(minor),
  }
  const fee = (name: string, minor: number) => ({ id: name, name, amount: { minor, currency: 'RSD' }, legalBasis: '' })

  expect(feeWords({ fees: [] }, said)).toBe('fee.none')
  expect(feeWords({ fees: [fee('paper', 52000)] }, said)).toBe('52000')
  expect(feeWords({ fees: [fee('paper', 52000), fee('electronic', 0)] }, said)).toBe('fee.freeBy electronic')
  expect(feeWords({ fees: [fee('paper', 52000), fee('international', 62000)] }, said)).toBe('fee.from 52000')
})

test('what was searched for is marked in either script, with or without marks', () => {
  const marked = (title: string, q: string): string => markParts(title, q).map(({ text, found }) => (found ? `[${text}]` : text)).join('')

  expect(marked('Извод из матичне књиге', 'izvod maticne')).toBe('[Извод] из [матичне] књиге')
  expect(marked('Izvod iz matične knjige', 'извод')).toBe('[Izvod] iz matične knjige')
  expect(marked('Petiție', '')).toBe('Petiție')
})

test('a text of several lines is a list', () => {
  expect(linesOf('- one\n* two\n\nthree')).toEqual(['one', 'two', 'three'])
})
