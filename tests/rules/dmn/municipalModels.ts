/** Decision models of municipal life, to be compared with the reference implementation. Numbers are invented. */
import { context, decision, dmn, invocation, knowledge, list, literal, relation, table } from './writeDmn.ts'
import type { OutputColumn, Table } from './writeDmn.ts'

export interface MunicipalModel {
  readonly id: string
  readonly xml: string
  /** What its decision `a` is asked for. */
  readonly contexts: readonly Readonly<Record<string, unknown>>[]
}

interface Country {
  readonly code: string
  readonly fee: number
  readonly wage: number
  readonly days: number
  readonly language: string
  readonly silence: string
}

const countries: readonly Country[] = [
  { code: 'rs', fee: 320.1, wage: 53_500, days: 8, language: 'sr', silence: 'refused' },
  { code: 'bg', fee: 5.25, wage: 933, days: 14, language: 'bg', silence: 'refused' },
  { code: 'ro', fee: 12.5, wage: 3_700, days: 30, language: 'ro', silence: 'granted' },
  { code: 'ba', fee: 10, wage: 619.75, days: 15, language: 'bs', silence: 'refused' },
]

const one = (name: string, more: Partial<OutputColumn> = {}): OutputColumn[] => [{ name, ...more }]
const columns = (...expressions: string[]) => expressions.map((expression) => ({ expression }))
const model = (id: string, logic: Table, contexts: MunicipalModel['contexts']): MunicipalModel => ({ id, xml: dmn(decision('a', table(logic))), contexts })

/** Of each there is one per country, with that country's numbers. */
const perCountry: readonly ((country: Country) => MunicipalModel)[] = [
  ({ code, fee }) => model(`extract-fee-${code}`, {
    inputs: [{ expression: 'medium', type: 'string' }, { expression: 'copies', type: 'number' }],
    outputs: one('fee', { type: 'number' }),
    rules: [
      [['"paper"', '[1..3]'], [`copies * ${fee}`]],
      [['"paper"', '(3..10]'], [`3 * ${fee} + (copies - 3) * ${fee / 2}`]],
      [['"paper"', '> 10'], [`round half up(copies * ${fee} * 0.75, 0)`]],
      [['"file", "link"', '-'], ['0']],
      [['not("paper", "file", "link")', '-'], [`${fee}`]],
    ],
  }, [
    { medium: 'paper', copies: 1 }, { medium: 'paper', copies: 3 }, { medium: 'paper', copies: 7 }, { medium: 'paper', copies: 10.5 },
    { medium: 'file', copies: 99 }, { medium: 'fax', copies: 2 }, { medium: 'paper', copies: 0 }, { copies: 1 }, { medium: 'paper', copies: '2' },
  ]),

  ({ code, wage }) => ({
    id: `child-allowance-${code}`,
    xml: dmn(
      decision('perMember', literal('if members > 0 then income / members else null'), { variable: 'perMember' }),
      decision('a', table({
        inputs: [{ expression: 'perMember', label: 'Income per member' }, { expression: 'child.age' }, { expression: 'child.disabled' }],
        outputs: [{ name: 'right', byDefault: 'false' }, { name: 'amount', byDefault: '0' }],
        rules: [
          [[`< ${wage / 4}`, '< 18', '-'], ['true', `${wage} * 0.08`]],
          [[`[${wage / 4}..${wage / 2})`, '< 18', 'false, null'], ['true', `${wage} * 0.05`]],
          [[`[${wage / 4}..${wage / 2})`, '[18..26)', 'true'], ['true', `${wage} * 0.06`]],
          [[`[${wage / 4}..${wage / 2})`, '< 18', 'true'], ['true', `${wage} * 0.1`]],
        ],
      }), { decisions: ['perMember'] }),
    ),
    contexts: [
      { income: wage, members: 5, child: { age: 7, disabled: false } }, { income: wage, members: 4, child: { age: 7, disabled: false } },
      { income: wage, members: 3, child: { age: 7 } }, { income: wage, members: 3, child: { age: 20, disabled: true } },
      { income: wage, members: 3, child: { age: 20, disabled: false } }, { income: wage, members: 0, child: { age: 1 } },
      { income: 2 * wage, members: 3, child: { age: 17, disabled: true } }, {},
    ],
  }),

  ({ code }) => model(`competent-body-${code}`, {
    hitPolicy: 'FIRST',
    inputs: columns('category', 'zone', 'height'),
    outputs: [{ name: 'body' }, { name: 'unit' }],
    rules: [
      [['"lighting", "road"', '"A", "B"', '-'], ['"public-works"', `"works-${code}"`]],
      [['"lighting"', '-', '-'], ['"utility"', '"light"']],
      [['"building"', '-', '> 12.5'], ['"ministry"', 'null']],
      [['"building"', 'not("A")', '<= 12.5'], ['"urbanism"', `"plans-${code}"`]],
      [['"building"', '"A"', '-'], ['"heritage"', '"monuments"']],
      [['-', 'null', '-'], ['"registry"', '"front-desk"']],
    ],
  }, [
    { category: 'lighting', zone: 'A' }, { category: 'lighting', zone: 'C' }, { category: 'building', zone: 'B', height: 12.5 },
    { category: 'building', zone: 'A', height: 9 }, { category: 'building', zone: 'A', height: 13 }, { category: 'noise', zone: null },
    { category: 'noise', zone: 'A' }, { category: 'road' }, { category: 'building', zone: 'B' },
  ]),

  ({ code, days }) => model(`term-${code}`, {
    hitPolicy: 'ANY',
    inputs: columns('kind', 'bodies'),
    outputs: one('days', { type: 'number' }),
    rules: [
      [['"extract"', '-'], [`${days}`]],
      [['"extract", "copy"', '< 2'], [`${days}`]],
      [['"building"', '>= 2'], [`${days} + 15 * bodies`]],
      [['"building"', '> 3'], ['60']],
      [['"petition"', 'null'], [`${days} * 2`]],
    ],
  }, [
    { kind: 'extract', bodies: 1 }, { kind: 'copy', bodies: 1 }, { kind: 'building', bodies: 2 }, { kind: 'building', bodies: 4 },
    { kind: 'petition' }, { kind: 'petition', bodies: 0 }, { kind: 'none', bodies: 1 },
  ]),

  ({ code, fee }) => model(`relief-${code}`, {
    hitPolicy: 'COLLECT', aggregation: 'SUM',
    inputs: columns('applicant.age', 'applicant.status', 'online'),
    outputs: one('relief', { type: 'number' }),
    rules: [
      [['>= 65', '-', '-'], [`${fee} * 0.1`]],
      [['< 26', '"student"', '-'], [`${fee} * 0.25`]],
      [['-', '"veteran", "unemployed"', '-'], [`${fee} * 0.5`]],
      [['-', '-', 'true'], ['0.1']],
      [['-', '"veteran"', 'true'], ['0.05']],
    ],
  }, [
    { applicant: { age: 70, status: 'veteran' }, online: true }, { applicant: { age: 20, status: 'student' }, online: false },
    { applicant: { age: 40, status: 'unemployed' }, online: true }, { applicant: { age: 40, status: 'employed' }, online: false },
    { applicant: { age: 65 }, online: true }, { online: true }, { applicant: null, online: null },
  ]),

  ({ code, language }) => model(`language-of-act-${code}`, {
    hitPolicy: 'FIRST',
    inputs: columns('asked', 'official'),
    outputs: one('language'),
    rules: [
      [['null, ""', '-'], [`"${language}"`]],
      [['-', 'list contains(?, asked)'], ['asked']],
      [[`"${language}-Cyrl", "${language}-Latn"`, '-'], [`"${language}"`]],
      [['-', 'null'], [`"${language}"`]],
    ],
  }, [
    { asked: 'hu', official: ['hu', 'sk'] }, { asked: 'de', official: ['hu'] }, { official: ['hu'] }, { asked: '', official: [] },
    { asked: `${language}-Cyrl`, official: ['hu'] }, { asked: 'de' },
  ]),

  ({ code, fee }) => model(`vehicle-tax-${code}`, {
    inputs: columns('vehicle.kilowatts', 'vehicle.fuel', 'vehicle.age'),
    outputs: [{ name: 'tax', type: 'number' }, { name: 'sticker' }],
    rules: [
      [['-', '"electric"', '-'], ['0', '"green"']],
      [['<= 55', 'not("electric")', '< 10'], [`${fee} * 4`, '"white"']],
      [['<= 55', 'not("electric")', '>= 10'], [`${fee} * 5`, '"white"']],
      [['(55..110]', '"diesel"', '-'], [`${fee} * vehicle.kilowatts / 10`, '"red"']],
      [['(55..110]', '"petrol", "gas"', '-'], [`floor(${fee} * vehicle.kilowatts / 12)`, '"yellow"']],
      [['> 110', 'not("electric")', '-'], [`max(${fee} * 20, vehicle.kilowatts * 3)`, 'if vehicle.fuel = "diesel" then "red" else "yellow"']],
    ],
  }, [
    { vehicle: { kilowatts: 100, fuel: 'electric', age: 1 } }, { vehicle: { kilowatts: 55, fuel: 'gas', age: 10 } },
    { vehicle: { kilowatts: 55.5, fuel: 'diesel', age: 3 } }, { vehicle: { kilowatts: 110, fuel: 'petrol' } }, { vehicle: { kilowatts: 200, fuel: 'diesel' } },
    { vehicle: { kilowatts: 200 } }, { vehicle: 'bicycle' },
  ]),

  ({ code, days }) => model(`event-permit-${code}`, {
    hitPolicy: 'COLLECT',
    inputs: columns('visitors', 'place', 'music'),
    outputs: [{ name: 'body', byDefault: '"registry"' }, { name: 'days', byDefault: `${days}` }],
    rules: [
      [['> 100', '-', '-'], ['"police"', `${days} + 5`]],
      [['> 1000', '-', '-'], ['"ambulance"', `${days} * 2`]],
      [['-', '"square", "park"', '-'], ['"public-works"', `${days}`]],
      [['-', '-', 'true'], ['"environment"', `ceiling(${days} / 3)`]],
    ],
  }, [
    { visitors: 2000, place: 'square', music: true }, { visitors: 100, place: 'hall', music: false }, { visitors: 101, place: 'park' },
    { visitors: null, place: 'park', music: true }, {},
  ]),

  ({ code, wage }) => model(`scholarship-${code}`, {
    hitPolicy: 'PRIORITY',
    inputs: columns('average', 'income / members'),
    outputs: [{ name: 'kind', values: '"talent","social","none"' }, { name: 'amount' }],
    rules: [
      [['-', '-'], ['"none"', '0']],
      [['-', `< ${wage / 3}`], ['"social"', `${wage} / 10`]],
      [['>= 9.5', '-'], ['"talent"', `${wage} / 5`]],
      [['[9..9.5)', `< ${wage / 2}`], ['"talent"', `${wage} / 8`]],
    ],
  }, [
    { average: 9.5, income: wage, members: 1 }, { average: 9.49, income: wage, members: 3 }, { average: 8, income: wage, members: 4 },
    { average: 8, income: wage, members: 3 }, { average: 10, members: 2 }, { average: 7, income: wage, members: 0 },
  ]),

  ({ code, days }) => ({
    id: `deadline-${code}`,
    xml: dmn(
      decision('filedOn', literal('date(filed)')),
      decision('a', context([
        ['due', literal(`filedOn + duration("P${days}D")`)],
        ['extended', literal('due + duration("P1M")')],
        ['isOver', literal('date(today) > due')],
        ['left', literal('if isOver then null else (due - date(today)).days')],
      ]), { decisions: ['filedOn'] }),
    ),
    contexts: [
      { filed: '2024-01-31', today: '2024-02-01' }, { filed: '2024-02-29', today: '2024-12-01' }, { filed: '2023-12-31', today: '2024-01-01' },
      { filed: 'yesterday', today: '2024-01-01' },
    ],
  }),

  ({ code, fee }) => ({
    id: `late-interest-${code}`,
    xml: dmn(
      knowledge('interest', { amount: 'number', days: 'number' }, literal(`decimal(amount * days * 0.00032 + ${fee} * 0.01, 2)`)),
      decision('a', invocation('interest', { amount: 'debt', days: 'if late < 0 then 0 else late' }), { knowledge: ['interest'] }),
    ),
    contexts: [{ debt: 1000, late: 30 }, { debt: 999.99, late: 1 }, { debt: 1000, late: -3 }, { debt: 0, late: 0 }, { debt: '1000', late: 3 }, { late: 3 }],
  }),
]

/** Of each there is one. */
const single: readonly MunicipalModel[] = [
  model('silence-rule', {
    inputs: columns('country', 'kind'),
    outputs: [{ name: 'silence' }, { name: 'days', type: 'number' }],
    rules: countries.flatMap(({ code, silence, days }): Table['rules'] => [
      [[`"${code}"`, 'not("permit")'], ['"refused"', `${days}`]],
      [[`"${code}"`, '"permit"'], [`"${silence}"`, `${days * 2}`]],
    ]),
  }, [
    { country: 'rs', kind: 'permit' }, { country: 'ro', kind: 'permit' }, { country: 'bg', kind: 'petition' }, { country: 'ba', kind: 'petition' },
    { country: 'hu', kind: 'permit' }, { country: 'ro' },
  ]),
  model('attachments', {
    hitPolicy: 'RULE ORDER',
    inputs: columns('kind', 'agent', 'property.area'),
    outputs: one('attachment'),
    rules: [
      [['-', '-', '-'], ['"request"']],
      [['"building"', '-', '-'], ['"plan"']],
      [['"building", "demolition"', '-', '>= 400'], ['"study"']],
      [['-', 'true', '-'], ['"mandate"']],
      [['"allowance"', '-', '-'], ['"income"']],
    ],
  }, [
    { kind: 'building', agent: true, property: { area: 400 } }, { kind: 'demolition', agent: false, property: { area: 399.99 } },
    { kind: 'allowance' }, {}, { kind: 'building', property: {} },
  ]),
  model('proofs', {
    hitPolicy: 'COLLECT',
    inputs: columns('status', 'members'),
    outputs: [{ name: 'proof' }, { name: 'copies' }],
    rules: [[['"pensioner"', '-'], ['"slip"', '1']], [['-', '> 1'], ['"household"', 'members - 1']], [['"student"', '-'], ['"school"', '1']]],
  }, [{ status: 'pensioner', members: 3 }, { status: 'student', members: 1 }, { status: 'other', members: 1 }, { members: 2 }]),
  model('inspection-order', {
    hitPolicy: 'OUTPUT ORDER',
    inputs: columns('danger', 'complaints'),
    outputs: one('inspection', { values: '"at-once","this-week","planned"' }),
    rules: [
      [['-', '>= 1'], ['"planned"']],
      [['> 3', '-'], ['"this-week"']],
      [['> 7', '-'], ['"at-once"']],
      [['-', '> 10'], ['"at-once"']],
    ],
  }, [{ danger: 8, complaints: 2 }, { danger: 4, complaints: 11 }, { danger: 1, complaints: 0 }, { danger: 5 }]),
  model('queue', {
    hitPolicy: 'PRIORITY',
    inputs: columns('age', 'pregnant', 'appointment'),
    outputs: [{ name: 'queue', values: '"first","second","last"' }, { name: 'counter', values: '3,2,1' }],
    rules: [
      [['-', '-', 'null'], ['"last"', '1']],
      [['>= 70', '-', '-'], ['"first"', '2']],
      [['-', 'true', '-'], ['"first"', '3']],
      [['-', '-', 'not(null)'], ['"second"', '1']],
    ],
  }, [
    { age: 75, pregnant: false }, { age: 30, pregnant: true, appointment: '10:00' }, { age: 71, pregnant: true }, { age: 30, appointment: '10:00' },
    { age: 30 },
  ]),
  model('least-rent', {
    hitPolicy: 'COLLECT', aggregation: 'MIN', inputs: columns('area', 'zone'), outputs: one('rent'),
    rules: [[['> 0', '1'], ['area * 12.5']], [['> 0', '1, 2'], ['area * 10']], [['> 50', '-'], ['499.90']]],
  }, [{ area: 60, zone: 1 }, { area: 40, zone: 1 }, { area: 40, zone: 2 }, { area: 40, zone: 3 }, { area: 51, zone: 3 }, {}]),
  model('most-points', {
    hitPolicy: 'COLLECT', aggregation: 'MAX', inputs: columns('children', 'single'), outputs: one('points'),
    rules: [[['>= 3', '-'], ['30']], [['>= 1', 'true'], ['25']], [['> 0', '-'], ['children * 10']]],
  }, [{ children: 2, single: true }, { children: 4, single: false }, { children: 0, single: true }, { children: 1 }]),
  model('count-of-faults', {
    hitPolicy: 'COLLECT', aggregation: 'COUNT', inputs: columns('request.name', 'request.number', 'request.signed'), outputs: one('fault'),
    rules: [[['null, ""', '-', '-'], ['"name"']], [['-', 'null', '-'], ['"number"']], [['-', '-', 'false, null'], ['"signature"']]],
  }, [{ request: { name: '', signed: false } }, { request: { name: 'Ana', number: 1, signed: true } }, {}, { request: { name: 'Ana', number: 0 } }]),
  model('kindergarten-points', {
    hitPolicy: 'COLLECT', aggregation: 'SUM', inputs: columns('parents', 'siblings', 'lives'), outputs: one('points', { type: 'number', byDefault: '-1' }),
    rules: [
      [['"both-employed"', '-', '-'], ['40']], [['"one-employed"', '-', '-'], ['20']], [['"student"', '-', '-'], ['40']],
      [['-', '[1..2]', '-'], ['5 * siblings']], [['-', '> 2', '-'], ['15']], [['-', '-', 'true'], ['10.5']],
    ],
  }, [
    { parents: 'both-employed', siblings: 1, lives: true }, { parents: 'student', siblings: 3, lives: false }, { parents: 'none', siblings: 0, lives: false },
    { siblings: 2 }, { parents: 'one-employed' },
  ]),
  model('waste-fee', {
    inputs: [{ expression: 'household.members' }, { expression: 'household.area' }], outputs: one('fee'),
    rules: [[['[1..2]', '-'], ['450']], [['[3..5]', '<= 100'], ['700.50']], [['[3..5]', '> 100'], ['700.50 * 1.2']], [['>= 6', '-'], ['999']]],
  }, [
    { household: { members: 1, area: 30 } }, { household: { members: 4, area: 100 } }, { household: { members: 5, area: 100.01 } },
    { household: { members: 9 } }, { household: { members: 2.5 } }, { household: [] }, {},
  ]),
  model('noise', {
    hitPolicy: 'FIRST',
    inputs: columns('time(at)', 'weekday'), outputs: [{ name: 'limit' }, { name: 'by' }],
    rules: [
      [['< time("06:00:00")', '-'], ['40', '"night"']], [['[time("06:00:00")..time("18:00:00"))', 'not("sunday")'], ['55', '"day"']],
      [['>= time("18:00:00"), null', '-'], ['45', '"evening"']], [['-', '"sunday"'], ['45', '"sunday"']],
    ],
  }, [
    { at: '05:59:59', weekday: 'monday' }, { at: '06:00:00', weekday: 'monday' }, { at: '12:00:00', weekday: 'sunday' }, { at: '18:00:00', weekday: 'friday' },
    { at: 'noon', weekday: 'friday' },
  ]),
  model('season', {
    inputs: columns('date(on)'), outputs: one('season'),
    rules: [
      [['[date("2024-06-15")..date("2024-09-15")]'], ['"summer"']], [['< date("2024-06-15")'], ['"before"']], [['> date("2024-09-15")'], ['"after"']],
    ],
  }, [{ on: '2024-06-15' }, { on: '2024-09-16' }, { on: '2024-02-29' }, { on: '' }, {}]),
  model('age-of-majority', {
    inputs: columns('years and months duration(date(born), date(asked))'), outputs: one('who'),
    rules: [[['< duration("P14Y")'], ['"parent"']], [['[duration("P14Y")..duration("P18Y"))'], ['"both"']], [['>= duration("P18Y")'], ['"self"']]],
  }, [{ born: '2010-05-05', asked: '2024-05-04' }, { born: '2010-05-05', asked: '2024-05-05' }, { born: '2000-02-29', asked: '2018-02-28' }, { asked: '2024-01-01' }]),
  model('parking-zone', {
    hitPolicy: 'UNIQUE', inputs: columns('street'), outputs: [{ name: 'zone' }, { name: 'perHour' }],
    rules: Array.from({ length: 40 }, (_, index): Table['rules'][number] => [[`"street-${index}"`], [`${index % 4}`, `${40 + (index % 4) * 12.5}`]]),
  }, [{ street: 'street-0' }, { street: 'street-39' }, { street: 'street-40' }, { street: 7 }, {}]),
  model('street-works', {
    hitPolicy: 'FIRST', inputs: columns('length', 'depth', 'road'), outputs: one('permit'),
    rules: [
      [['-', '? > 2 and ? < 5', '-'], ['"study"']], [['< 10, > 1000', '-', '-'], ['"special"']], [['-', '-', '"state", "highway"'], ['"road-agency"']],
      [['? * 2 > 100', '-', '-'], ['"long"']], [['-', '-', 'starts with(?, "local")'], ['"municipal"']],
    ],
  }, [
    { length: 20, depth: 3, road: 'local-1' }, { length: 5, depth: 1, road: 'state' }, { length: 20, depth: 1, road: 'state' },
    { length: 60, depth: 1, road: 'local-2' }, { length: 20, depth: 1, road: 'local-2' }, { length: 20, depth: 1, road: 'field' }, {},
  ]),
  model('overlapping-fees', { inputs: columns('pages'), outputs: one('fee'), rules: [[['<= 10'], ['5']], [['>= 10'], ['8']]] }, [{ pages: 9 }, { pages: 10 }, { pages: 11 }]),
  model('empty-table', { inputs: columns('pages'), outputs: one('fee'), rules: [] }, [{ pages: 9 }, {}]),
  model('all-lines', { inputs: columns('x'), outputs: one('y'), rules: [[[''], ['"always"']]] }, [{}, { x: 1 }, { x: [1, 2] }]),
  model('contexts-as-inputs', {
    hitPolicy: 'COLLECT', inputs: columns('address', 'address.city'), outputs: one('found'),
    rules: [[['{city: "Sombor"}', '-'], ['"whole"']], [['-', '"Sombor"'], ['"city"']], [['null', '-'], ['"none"']], [['? != null', '-'], ['address.street']]],
  }, [{ address: { city: 'Sombor' } }, { address: { city: 'Sombor', street: 'Glavna' } }, { address: null }, { address: 'Sombor' }]),
  model('lists-as-inputs', {
    hitPolicy: 'COLLECT', inputs: columns('languages', 'count(languages)'), outputs: one('found'),
    rules: [[['list contains(?, "hu")', '-'], ['"hu"']], [['["sr", "hu"]', '-'], ['"both"']], [['-', '> 1'], ['languages[1]']], [['[]', '-'], ['"none"']]],
  }, [{ languages: ['hu'] }, { languages: ['sr', 'hu'] }, { languages: [] }, { languages: 'hu' }, {}]),
  model('decimals', {
    inputs: columns('amount'), outputs: one('tax'),
    rules: [[['0.1 + 0.2'], ['"exact"']], [['[0.30..0.31]'], ['"range"']], [['> 100'], ['"never"']]],
  }, [{ amount: 0.3 }]),
  model('tax-tiers', {
    inputs: columns('value'), outputs: one('tax'),
    rules: [
      [['<= 10000'], ['value * 0.004']], [['(10000..25000]'], ['40 + (value - 10000) * 0.006']], [['(25000..50000]'], ['130 + (value - 25000) * 0.01']],
      [['> 50000'], ['decimal(380 + (value - 50000) * 0.02, 2)']],
    ],
  }, [{ value: 10000 }, { value: 10000.01 }, { value: 25000 }, { value: 49999.99 }, { value: 123456.789 }, { value: -1 }, { value: null }]),
  {
    id: 'fees-by-relation',
    xml: dmn(
      decision('fees', relation(['kind', 'fee'], [['"extract"', '320.10'], ['"copy"', '50'], ['"extract"', '10']])),
      decision('a', literal('sum(fees[kind = asked].fee)'), { decisions: ['fees'] }),
    ),
    contexts: [{ asked: 'extract' }, { asked: 'copy' }, { asked: 'none' }, {}],
  },
  {
    id: 'list-of-offices',
    xml: dmn(decision('offices', list(literal('"registry"'), literal('unit'))), decision('a', literal('string join(offices, ", ")'), { decisions: ['offices'] })),
    contexts: [{ unit: 'taxes' }, { unit: null }, { unit: 1 }],
  },
  {
    id: 'price-by-knowledge',
    xml: dmn(
      knowledge('rounded', { n: 'number' }, literal('round half up(n, 1)')),
      knowledge('price', { pages: 'number', color: 'boolean' }, table({
        inputs: columns('pages', 'color'), outputs: one('price'),
        rules: [[['<= 10', 'true'], ['rounded(pages * 1.25)']], [['> 10', 'true'], ['rounded(pages * 0.99)']], [['-', 'false'], ['pages * 0.5']]],
      }), { knowledge: ['rounded'] }),
      decision('a', context([['black', literal('price(pages, false)')], ['color', invocation('price', { pages: 'pages', color: 'true' })]]), { knowledge: ['price'] }),
    ),
    contexts: [{ pages: 3 }, { pages: 11 }, { pages: 0 }, { pages: 'three' }, {}],
  },
  {
    id: 'chain-of-decisions',
    xml: dmn(
      decision('base', table({ prefix: 'base-', inputs: columns('kind'), outputs: one('base'), rules: [[['"house"'], ['100']], [['"flat"'], ['60']]] })),
      decision('factor', literal('if zone = 1 then 1.5 else 1'), { variable: 'zoneFactor' }),
      decision('gross', literal('base * zoneFactor'), { decisions: ['base', 'factor'] }),
      decision('a', table({
        hitPolicy: 'FIRST', inputs: columns('gross', 'base'), outputs: [{ name: 'tax' }, { name: 'level' }],
        rules: [[['>= 100', '-'], ['gross * 0.9', '"high"']], [['-', '60'], ['gross', '"flat"']], [['-', '-'], ['null', '"unknown"']]],
      }), { decisions: ['gross', 'base'] }),
    ),
    contexts: [{ kind: 'house', zone: 1 }, { kind: 'flat', zone: 2 }, { kind: 'flat', zone: 1 }, { kind: 'ship', zone: 1 }, {}],
  },
  {
    id: 'typed-result',
    xml: dmn(decision('a', literal('answer'), { type: 'number' })),
    contexts: [{ answer: 1.5 }, { answer: '1.5' }, { answer: null }, { answer: [1] }, { answer: { a: 1 } }, { answer: true }],
  },
  {
    id: 'failing-required',
    xml: dmn(
      decision('checked', literal('assert(copies, copies > 0)')),
      decision('a', literal('if wanted then checked else 0'), { decisions: ['checked'] }),
    ),
    contexts: [{ copies: 1, wanted: true }, { copies: 0, wanted: true }, { copies: 0, wanted: false }],
  },
]

export const municipalModels: readonly MunicipalModel[] = [...perCountry.flatMap((each) => countries.map(each)), ...single]
