import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkAnswers, formFaultCodes, keptAnswers, readForm } from '../../../server/rules/form/index.ts'
import type { Answers, CheckOptions, FormComponent, FormSchema } from '../../../server/rules/form/index.ts'

const online: CheckOptions = { today: '2026-11-24', strictIdentifiers: true, country: 'rs' }
const counter: CheckOptions = { ...online, strictIdentifiers: false }

const form = (...components: FormComponent[]): FormSchema => ({ components })
const codes = (schema: FormSchema, answers: Answers, options = online): string[] =>
  checkAnswers(schema, answers, options).map(({ key, code, warning }) => `${key}: ${code}${warning ? ' (warning)' : ''}`)

describe('a required answer', () => {
  const schema = form(
    { type: 'textfield', key: 'name', validate: { required: true } },
    { type: 'checkbox', key: 'agreed', validate: { required: true } },
    { type: 'files', key: 'proofs', validate: { required: true } },
    { type: 'checklist', key: 'kinds', values: [{ value: 'a' }], validate: { required: true } },
    { type: 'textfield', key: 'note' },
  )

  test('is missed when it is left out, blank, unticked or an empty list', () => {
    expect(codes(schema, {})).toEqual(['name: required', 'agreed: required', 'proofs: required', 'kinds: required'])
    expect(codes(schema, { name: '  ', agreed: false, proofs: [], kinds: [] })).toHaveLength(4)
  })

  test('is good when it is there', () => {
    expect(codes(schema, { name: 'Ана', agreed: true, proofs: ['d1'], kinds: ['a'] })).toEqual([])
  })
})

describe('each kind of field names its fault', () => {
  test.each<[FormComponent, unknown, string]>([
    [{ type: 'textfield', validate: { minLength: 3 } }, 'аб', 'too-short'],
    [{ type: 'textfield', validate: { maxLength: 3 } }, 'абвг', 'too-long'],
    [{ type: 'textfield' }, 'x'.repeat(1001), 'too-long'],
    [{ type: 'textarea' }, 'x'.repeat(20_001), 'too-long'],
    [{ type: 'textfield' }, 5, 'not-text'],
    [{ type: 'textfield', validate: { pattern: '^[A-Z]+$' } }, 'abc', 'pattern'],
    [{ type: 'textfield', validate: { validationType: 'email' } }, 'ana@example', 'not-an-email'],
    [{ type: 'textfield', validate: { validationType: 'phone' } }, '12', 'not-a-phone'],
    [{ type: 'number' }, 'abc', 'not-a-number'],
    [{ type: 'number' }, '5', 'not-a-number'],
    [{ type: 'number', validate: { min: 1 } }, 0, 'too-small'],
    [{ type: 'number', validate: { max: 10 } }, 10.01, 'too-large'],
    [{ type: 'number', decimalDigits: 2 }, 1.005, 'too-many-decimals'],
    [{ type: 'number', serializeToString: true }, '1,5', 'not-a-number'],
    [{ type: 'checkbox' }, 'yes', 'not-yes-or-no'],
    [{ type: 'radio', values: [{ value: 'a' }] }, 'b', 'not-an-option'],
    [{ type: 'select', values: [{ value: 'a' }] }, ['a'], 'not-an-option'],
    [{ type: 'checklist', values: [{ value: 'a' }] }, 'a', 'not-a-list'],
    [{ type: 'checklist', values: [{ value: 'a' }] }, ['a', 'a'], 'chosen-twice'],
    [{ type: 'taglist', values: [{ value: 'a' }] }, ['z'], 'not-an-option'],
    [{ type: 'datetime', subtype: 'date' }, '2026-02-30', 'not-a-date'],
    [{ type: 'datetime', subtype: 'date' }, '2026-02-28T10:00', 'not-a-date'],
    [{ type: 'datetime', subtype: 'date' }, '28.02.2026', 'not-a-date'],
    [{ type: 'datetime', subtype: 'time' }, '25:00', 'not-a-time'],
    [{ type: 'datetime', subtype: 'datetime' }, '2026-02-28', 'not-a-date'],
    [{ type: 'datetime', subtype: 'date', disallowPassedDates: true }, '2026-11-23', 'date-passed'],
    [{ type: 'datetime', subtype: 'date', disallowFutureDates: true }, '2026-11-25', 'date-in-future'],
    [{ type: 'personalNumber' }, '01010008050', 'length'],
    [{ type: 'personalNumber' }, '010100080501a', 'digits'],
    [{ type: 'personalNumber' }, '3113000805018', 'date'],
    [{ type: 'personalNumber' }, '0101001890123', 'check-digit'],
    [{ type: 'companyNumber' }, '20053657', 'check-digit'],
    [{ type: 'files', max: 1 }, ['d1', 'd2'], 'too-many-files'],
    [{ type: 'files' }, ['d1', 'd1'], 'chosen-twice'],
    [{ type: 'files' }, 'd1', 'not-a-list'],
  ])('%j does not take %j: %s', (field, answer, code) => {
    expect(codes(form({ ...field, key: 'field' }), { field: answer })).toEqual([`field: ${code}`])
  })

  test.each<[FormComponent, unknown]>([
    [{ type: 'textfield', validate: { minLength: 3, maxLength: 3, pattern: '^\\p{L}+$' } }, 'Ђор'],
    [{ type: 'textfield', validate: { validationType: 'email' } }, 'ana.kovac@sombor.example'],
    [{ type: 'textfield', validate: { validationType: 'phone' } }, '+381 (0)25 111-000'],
    [{ type: 'number', validate: { min: 0.1, max: 0.3 }, decimalDigits: 1 }, 0.3],
    [{ type: 'number', serializeToString: true, validate: { max: '9007199254740993' } }, '9007199254740993'],
    [{ type: 'number' }, 0],
    [{ type: 'radio', values: [{ value: 'a' }] }, 'a'],
    [{ type: 'checklist', values: [{ value: 'a' }, { value: 'b' }] }, ['b', 'a']],
    [{ type: 'datetime', subtype: 'date', disallowPassedDates: true, disallowFutureDates: true }, '2026-11-24'],
    [{ type: 'datetime', subtype: 'time' }, '10:30'],
    [{ type: 'datetime', subtype: 'datetime' }, '2028-02-29T10:30:00+01:00'],
    [{ type: 'personalNumber' }, '0101000805018'],
    [{ type: 'personalNumber', country: 'bg' }, '8501011018'],
    [{ type: 'personalNumber', country: 'ro' }, '1850101110002'],
    [{ type: 'companyNumber' }, '20053658'],
    [{ type: 'files', max: 2 }, ['d1', 'd2']],
  ])('%j takes %j', (field, answer) => {
    expect(codes(form({ ...field, key: 'field' }), { field: answer })).toEqual([])
  })

  test('limits are told, answers never', () => {
    const faults = checkAnswers(form({ type: 'textfield', key: 'name', validate: { maxLength: 3 } }), { name: 'Петар' }, online)

    expect(faults).toEqual([{ key: 'name', code: 'too-long', facts: { max: 3 } }])
  })

  test('a document must have been given', () => {
    const schema = form({ type: 'files', key: 'proofs' })

    expect(codes(schema, { proofs: ['mine', 'other'] }, { ...online, files: (id) => id === 'mine' })).toEqual(['proofs: not-a-document'])
  })

  test('every code is a kebab-case word of its own', () => {
    expect(new Set(formFaultCodes).size).toBe(formFaultCodes.length)
    expect(formFaultCodes.every((code) => /^[a-z]+(-[a-z]+)*$/.test(code))).toBe(true)
  })
})

describe('a number in an old register may be wrong', () => {
  const schema = form({ type: 'personalNumber', key: 'jmbg', validate: { required: true } })

  test('online a wrong check digit is refused, at the counter it warns', () => {
    expect(codes(schema, { jmbg: '0101001890123' })).toEqual(['jmbg: check-digit'])
    expect(codes(schema, { jmbg: '0101001890123' }, counter)).toEqual(['jmbg: check-digit (warning)'])
  })

  test('but an impossible birthday is refused at the counter, too', () => {
    expect(codes(schema, { jmbg: '3113000805018' }, counter)).toEqual(['jmbg: date'])
  })
})

describe('conditions', () => {
  const schema = form(
    { type: 'radio', key: 'relation', values: [{ value: 'self' }, { value: 'proxy' }], validate: { required: true } },
    {
      type: 'group',
      conditional: { hide: '=not(relation = "proxy")' },
      components: [
        { type: 'textfield', key: 'proxyName', validate: { required: true } },
        { type: 'checkbox', key: 'longPower' },
      ],
    },
    { type: 'textfield', key: 'untilWhen', validate: { required: true }, conditional: { hide: '=not(longPower = true)' } },
    { type: 'textfield', key: 'idCard', validate: { required: true }, conditional: { hide: '=country = "bg"' } },
  )

  test('hide what need not be asked', () => {
    expect(codes(schema, { relation: 'self', idCard: '1' })).toEqual([])
    expect(codes(schema, { relation: 'proxy', idCard: '1' })).toEqual(['proxyName: required'])
  })

  test('an answer that was hidden later neither counts nor stays', () => {
    const answers = { relation: 'self', proxyName: 'Петар', longPower: true, untilWhen: 'x', idCard: '1' }

    expect(keptAnswers(schema, answers, { country: 'rs' })).toEqual({ relation: 'self', idCard: '1' })
    expect(codes(schema, answers)).toEqual([])
  })

  test('what the server knows cannot be overruled by an answer', () => {
    expect(codes(schema, { relation: 'self', country: 'bg' })).toEqual(['idCard: required'])
    expect(codes(schema, { relation: 'self' }, { ...online, country: 'bg' })).toEqual([])
  })

  test('an answer of an earlier round does not steer this one', () => {
    const variables = { relation: 'proxy', country: 'rs' }

    expect(keptAnswers(schema, { relation: 'self', proxyName: 'Петар' }, variables)).toEqual({ relation: 'self' })
    expect(codes(schema, { idCard: '1' }, { ...online, variables })).toEqual(['relation: required'])
  })

  test('what is shown only to be read counts as the server knows it', () => {
    const repeated = form(
      { type: 'textfield', key: 'relation', readonly: true },
      { type: 'textfield', key: 'proxyName', validate: { required: true }, conditional: { hide: '=not(relation = "proxy")' } },
    )

    expect(codes(repeated, { relation: 'self' }, { ...online, variables: { relation: 'proxy' } })).toEqual(['proxyName: required'])
  })

  test('an answer to no field of the form sways nothing and is dropped', () => {
    const small = form({ type: 'textfield', key: 'reason', validate: { required: true }, conditional: { hide: '=waived = true' } })

    expect(codes(small, { waived: true })).toEqual(['reason: required'])
    expect(keptAnswers(small, { waived: true, reason: 'because', __proto__: { admin: true } })).toEqual({ reason: 'because' })
  })

  test('limits and choices may be expressions', () => {
    const dynamic = form(
      { type: 'number', key: 'children', validate: { required: true } },
      { type: 'number', key: 'pupils', validate: { max: '=children', required: '=children > 0' } },
      { type: 'select', key: 'kind', valuesExpression: '=if children > 2 then ["many", "few"] else ["few"]' },
      { type: 'select', key: 'unit', valuesKey: 'units' },
    )
    const options = { ...online, variables: { units: ['registry'] } }

    expect(codes(dynamic, { children: 2, pupils: 3, kind: 'many', unit: 'mail' }, options)).toEqual([
      'pupils: too-large',
      'kind: not-an-option',
      'unit: not-an-option',
    ])
    expect(codes(dynamic, { children: 3, pupils: 3, kind: 'many', unit: 'registry' }, options)).toEqual([])
    expect(codes(dynamic, { children: 1 }, options)).toEqual(['pupils: required'])
  })

  test('an expression that is none is a fault of the form, not of the person', () => {
    const broken = form({ type: 'textfield', key: 'a', conditional: { hide: '=b c' } })

    expect(() => checkAnswers(broken, {}, online)).toThrow('A name with blanks needs back-ticks')
  })
})

describe('nesting', () => {
  const schema = form(
    { type: 'group', path: 'subject', components: [{ type: 'textfield', key: 'name', validate: { required: true } }] },
    { type: 'textfield', key: 'address.street' },
    {
      type: 'dynamiclist',
      path: 'children',
      components: [
        { type: 'textfield', key: 'name', validate: { required: true } },
        {
          type: 'datetime',
          subtype: 'date',
          key: 'birthDate',
          conditional: { hide: '=this.name = "unborn"' },
          validate: { required: true },
        },
      ],
    },
  )

  test('a fault names the place of its field', () => {
    expect(codes(schema, { children: [{ name: 'Мила', birthDate: '2020-01-01' }, { birthDate: 'x' }, { name: 'unborn' }] })).toEqual([
      'subject.name: required',
      'children[1].name: required',
      'children[1].birthDate: not-a-date',
    ])
  })

  test('answers keep their place, and only what is asked', () => {
    const answers = {
      subject: { name: 'Ана', role: 'admin' },
      address: { street: 'Главна 1', gate: 'x' },
      children: [{ name: 'unborn', birthDate: '2020-01-01', extra: 1 }, 'nonsense'],
    }

    expect(keptAnswers(schema, answers)).toEqual({
      subject: { name: 'Ана' },
      address: { street: 'Главна 1' },
      children: [{ name: 'unborn' }, {}],
    })
  })

  test('answers of another shape than the form are no answers', () => {
    expect(codes(schema, { subject: 'Ана', children: { name: 'x' } })).toEqual(['subject.name: required'])
    expect(keptAnswers(schema, { subject: 'Ана', children: { name: 'x' } })).toEqual({})
  })
})

describe('what is not asked', () => {
  test('fields that are disabled or only to be read are neither checked nor taken', () => {
    const schema = form(
      { type: 'textfield', key: 'a', disabled: true, validate: { required: true } },
      { type: 'textfield', key: 'b', readonly: true },
      { type: 'text', text: 'forms.hint' },
    )

    expect(codes(schema, {})).toEqual([])
    expect(keptAnswers(schema, { a: '1', b: '2' })).toEqual({})
  })

  test('a kind of field that nobody knows is refused instead of let through', () => {
    expect(() => checkAnswers(form({ type: 'signature', key: 's' }), {}, online)).toThrow('is of the kind "signature"')
  })
})

describe('the forms that ship', () => {
  const folder = new URL('../../../processes/', import.meta.url)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.form'))

  test('there are some', () => {
    expect(names).not.toEqual([])
  })

  test.each(names)('%s can be checked and asks something', (name) => {
    const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as FormSchema

    for (const country of ['rs', 'ba', 'bg', 'ro']) {
      const variables = { country }

      expect(readForm(schema, {}, variables).fields).not.toEqual([])
      expect(() => checkAnswers(schema, {}, { ...online, country })).not.toThrow()
    }
  })
})
