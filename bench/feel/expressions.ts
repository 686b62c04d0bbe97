/** What the expressions below read: the answers of a request. */
export const answers = {
  medium: 'paper',
  copies: 3,
  fee: 520.5,
  income: 87_400,
  members: [
    { name: 'Ana', birthYear: 1988, income: 62_000, student: false },
    { name: 'Boris', birthYear: 2011, income: 0, student: true },
    { name: 'Vera', birthYear: 2015, income: 0, student: true },
    { name: 'Goran', birthYear: 1985, income: 25_400, student: false },
  ],
  applicant: { name: 'Ana Ilić', address: { town: 'Sombor', zone: 2 } },
  filed: '2026-11-24',
  categories: ['family', 'housing'],
}

/** Twenty expressions as they stand in the diagrams, tables, forms and letters of municipal procedures. */
export const expressions = [
  'medium = "paper"',
  'if medium = "paper" then fee * copies else 0',
  'fee * copies + 0.1 + 0.2',
  'income / count(members) < 30000',
  'copies > 0 and copies <= 10 and medium != null',
  'applicant.address.town',
  '"Request of " + applicant.name + ", " + applicant.address.town',
  'sum(members.income)',
  'members[student = true].name',
  'count(members[birthYear > 2008])',
  'for m in members return m.income * 0.1',
  'some m in members satisfies m.student',
  'every m in members satisfies m.birthYear < 2020',
  'applicant.address.zone in [1..3]',
  'list contains(categories, "housing")',
  'if income < 50000 then "full" else if income < 100000 then "half" else "none"',
  'date(filed) + duration("P30D")',
  'upper case(substring(applicant.name, 1, 3))',
  '{base: fee * copies, reduced: base * 0.5, total: base - reduced}.total',
  'max(for m in members return m.income) - min(for m in members return m.income)',
] as const
