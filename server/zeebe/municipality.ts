/** A municipality and a country as their data files tell it (processes/_municipalities, processes/_countries). */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fullAccount } from '../rules/payments/account.ts'
import { readIban } from '../rules/payments/iban.ts'
import { parseAs } from './packages.ts'

const Names = z.strictObject({ sr: z.string(), bg: z.string(), ro: z.string(), hu: z.string(), en: z.string() })
const Locale = z.enum(['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en'])
const Hours = z.tuple([z.string().regex(/^\d\d:\d\d$/), z.string().regex(/^\d\d:\d\d$/)]).nullable()

/** First parts of addresses that are not towns. */
const reservedIds = ['api', 'ui', 'hooks', 'health', 'ready', 'sign-in', 'visit', 'lang']

const Numbering = z.strictObject({
  /** Gaps: {unit} {class} {seq} {yyyy} {dd.MM.yyyy}. */
  template: z.string(),
  /** One series per class, or one for the whole town. */
  scope: z.enum(['class', 'one']),
  /** Gaps: {case} {act}. */
  actTemplate: z.string(),
})
const Unit = z.strictObject({ id: z.string(), prefix: z.string(), names: Names })
const WeekHours = z.strictObject({ mon: Hours, tue: Hours, wed: Hours, thu: Hours, fri: Hours, sat: Hours, sun: Hours })
const Authority = z.enum(['city', 'municipality', 'county-council'])

export const Municipality = z.looseObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/)
    .refine((id) => !reservedIds.includes(id), 'Expected an id that is not an address of the product itself'),
  /** Where it comes from: a file of the demo, read anew at each start, or people who entered it here, whose word then stays. */
  origin: z.enum(['file', 'product']).default('file'),
  /** The town whose copy for practice this is: marked on every page, and nothing leaves it. */
  trainingOf: z.string().optional(),
  country: z.enum(['rs', 'ba', 'bg', 'ro']),
  authority: Authority,
  timeZone: z.string(),
  names: Names,
  placeNames: Names,
  officialLanguage: Locale,
  languages: z.array(Locale).min(1),
  firstLanguage: Locale,
  /** Languages of a minority in which proceedings run and acts are written, besides the official one. */
  proceedingLanguages: z.array(Locale).optional(),
  color: z.string().regex(/^#[0-9A-Fa-f]{6}$/),
  /** A drawing of ours by name, or `own`: a picture that the town gave. */
  emblem: z.string(),
  numbering: Numbering,
  units: z.array(Unit).min(1),
  contact: z.strictObject({ address: Names, phone: z.string(), email: z.string() }),
  hours: WeekHours,
  /** Where fees are paid to; without it, the town takes them in its own way and nothing is asked here. */
  payments: z.strictObject({
    /** Serbia: 840-…-57; Bulgaria and Romania: an IBAN. */
    account: z.string(),
    /** The municipality's number, in front of each reference where the country has one. */
    code: z.string().regex(/^\d{0,5}$/).default(''),
    /** Serbia's code of the purpose: 253 is public revenue. */
    paymentCode: z.string().regex(/^\d{3}$/).default('253'),
  }).optional(),
  /** Text messages in the citizen's own letters, or in plain Latin, which takes half as many. */
  smsLetters: z.enum(['own', 'plain-latin']).optional(),
  /** Demo only: who may sign in. Real people live in Keycloak. */
  people: z.array(z.looseObject({
    username: z.string(),
    givenName: z.string(),
    familyName: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    units: z.array(z.string()).default([]),
    personalNumber: z.string().optional(),
    phone: z.string().optional(),
    address: z.string().optional(),
  })).default([]),
}).superRefine(({ country, payments }, { addIssue }) => {
  if (!payments || country === 'ba') return
  const isAccount = country === 'rs' ? fullAccount(payments.account) : readIban(payments.account)
  if (!isAccount) addIssue({ code: 'custom', path: ['payments', 'account'], message: 'Expected an account with good check digits' })
})
export type Municipality = z.infer<typeof Municipality>
export type TownNames = z.infer<typeof Names>
export type TownUnit = z.infer<typeof Unit>

/** How a new municipality of the country usually begins; each value may be changed for the one at hand. */
const CountryTown = z.strictObject({
  /** The kinds of authority there are. */
  authorities: z.array(Authority).min(1),
  timeZone: z.string(),
  officialLanguage: Locale,
  firstLanguage: Locale,
  languages: z.array(Locale).min(1),
  numbering: Numbering,
  hours: WeekHours,
  /** Those that the procedures which ship send their steps to, and the mail room. */
  units: z.array(Unit).min(1),
})
export type CountryTown = z.infer<typeof CountryTown>

const DatedFee = z.strictObject({
  validFrom: z.iso.date(), validTo: z.iso.date().nullable(), currency: z.string().length(3), legalBasis: z.string(), confidence: z.string(),
  /** Named amounts in minor units. */
  amounts: z.record(z.string(), z.number().int()),
})
export type DatedFee = z.infer<typeof DatedFee>

const Period = z.strictObject({
  kind: z.enum(['calendarDays', 'workingDays', 'months', 'workingHours']), amount: z.number().int().positive(),
})
/** For what the law lets a term stand, and what follows when what was waited for does not come. */
const Standing = z.strictObject({
  why: z.enum(['supplement', 'opinion', 'preliminary-question', 'other']),
  legalBasis: z.string(), confidence: z.string(),
  /** The least time a citizen is given to supply what is missing. */
  answerWithin: Period.optional(),
  unanswered: z.enum(['reject', 'close', 'decide']).optional(),
})
export type Standing = z.infer<typeof Standing>

const DatedDeadline = z.looseObject({
  validFrom: z.iso.date(), validTo: z.iso.date().nullable().optional(),
  kind: Period.shape.kind, amount: Period.shape.amount, legalBasis: z.string(), confidence: z.string().optional(),
  silence: z.enum(['breach', 'tacitApproval', 'tacitRefusal', 'consent', 'proceedWithout', 'close']),
  extendOnceBy: Period.optional(),
  /** Nothing that is not listed stops the clock. */
  standsFor: z.array(Standing).optional(),
})
export type DatedDeadline = z.infer<typeof DatedDeadline>

export interface Country {
  id: string
  fees: Record<string, DatedFee[]>
  deadlines: Record<string, DatedDeadline[]>
  /** Non-working days besides weekends, `yyyy-mm-dd`. */
  holidays: ReadonlySet<string>
}

/** Reads all municipalities. */
export async function readMunicipalities(processesDir: string): Promise<Municipality[]> {
  const folder = join(processesDir, '_municipalities')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map(async (name) => parseAs(Municipality, await readFile(join(folder, name), 'utf8'), join(folder, name))))
}

/** Reads one country's dated law. */
export async function readCountry(processesDir: string, id: string): Promise<Country> {
  const file = (name: string): string => join(processesDir, '_countries', id, name)
  const read = async <Shape>(schema: z.ZodType<Shape>, name: string): Promise<Shape> =>
    parseAs(schema, await readFile(file(name), 'utf8'), file(name))
  const holidays = await read(z.record(z.string(), z.unknown()), 'holidays.json')
  const years = Object.entries(holidays).filter(([key]) => /^\d{4}$/.test(key))
  const days = years.flatMap(([, list]) => z.array(z.looseObject({ date: z.iso.date() })).parse(list))
  return {
    id,
    fees: await read(z.record(z.string(), z.array(DatedFee)), 'fees.json'),
    deadlines: await read(z.record(z.string(), z.array(DatedDeadline)), 'deadlines.json'),
    holidays: new Set(days.map((day) => day.date)),
  }
}

/** How a new municipality of the country usually begins. */
export async function readCountryTown(processesDir: string, country: string): Promise<CountryTown> {
  const file = join(processesDir, '_countries', country, 'town.json')
  return parseAs(CountryTown, await readFile(file, 'utf8'), file)
}

/** The rule of law that holds on `day` (`yyyy-mm-dd`): the newest whose time has begun and not ended. */
export function ruleOn<Rule extends { validFrom: string; validTo?: string | null | undefined }>(
  rules: readonly Rule[] | undefined, day: string,
): Rule | undefined {
  const holding = rules?.filter((rule) => rule.validFrom <= day && (!rule.validTo || day <= rule.validTo))
  return holding?.sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
}
