/**
 * A procedure as its folder under `processes/` tells it, read and checked.
 * The form of each file is explained in processes/README.md.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readDmn } from '../rules/dmn/index.ts'

const Country = z.enum(['rs', 'ba', 'bg', 'ro'])
const Kebab = z.string().regex(/^[a-z][a-z0-9-]*$/)

/** procedure.json: the catalogue entry and what the server must know to run it. */
export const Procedure = z.strictObject({
  id: Kebab,
  countries: z.array(Country).min(1),
  authorities: z.array(z.enum(['city', 'municipality', 'county-council'])).min(1),
  kind: z.enum(['request', 'petition']),
  /** Register class or index by country. */
  class: z.partialRecord(Country, z.string()),
  unit: Kebab,
  applicants: z.array(z.enum(['person', 'company'])).min(1),
  assurance: z.enum(['anonymous', 'password', 'e-signature']),
  /** Answers for which one must be known more surely than `assurance` says: any answer to a field, or one of `is`. */
  levels: z.array(z.strictObject({
    answer: z.string().min(1),
    is: z.array(z.string()).min(1).optional(),
    level: z.enum(['password', 'e-signature']),
  })).default([]),
  startForm: Kebab,
  /** Answers that become process variables; never names or personal numbers. */
  reads: z.array(z.string()),
  /** Key in _countries/<cc>/deadlines.json. */
  deadline: Kebab,
  /** Key in _countries/<cc>/fees.json. */
  fee: Kebab.nullable(),
  /** The decision that says what answers cost, in minor units: the diagram makes it when a case begins, the portal before it is filed. */
  feeDecision: Kebab.optional(),
  /**
   * Ends with an account of the applicant's own: from which age, and which wording of the consent to electronic delivery is read out
   * (the description of that question). Needs the answers bornOn, documentValidUntil and eDelivery, and `numberKind` with `passportNumber`.
   */
  account: z.strictObject({ minimumAge: z.number().int().positive(), consent: z.iso.date() }).optional(),
  documents: z.array(z.strictObject({
    id: Kebab,
    broughtBy: z.enum(['party', 'office']),
    need: z.enum(['required', 'recommended', 'conditional']),
    format: z.string().optional(),
    /** Taken only with a good electronic signature of who files, in the file or beside it. */
    signed: z.boolean().optional(),
  })),
  lifeEvents: z.array(Kebab),
  popular: z.number().int(),
  letters: z.record(Kebab, z.strictObject({ title: z.string() })),
})
export type Procedure = z.infer<typeof Procedure>

/** Words by dotted key. Country variants are already laid over by {@link textsFor}. */
export type Texts = { [key: string]: string | Texts }

/** Serbian is kept once, in Cyrillic. */
export const textLanguages = ['sr', 'bg', 'ro', 'hu', 'en'] as const
export type TextLanguage = (typeof textLanguages)[number]

export interface ProcedurePackage {
  procedure: Procedure
  bpmn: string
  /** Form id → form-js schema. */
  forms: Record<string, { id: string } & Record<string, unknown>>
  /** File name → DMN XML. */
  decisions: Record<string, string>
  /** Letter id → language → Markdown. */
  letters: Record<string, Partial<Record<TextLanguage, string>>>
  texts: Record<TextLanguage, Texts>
  /** SHA-256 over all of it, hex: the same content is the same version. */
  checksum: string
}

/** The units to which a procedure's cases and steps go by name; roles and what FEEL computes are not among them. */
export function unitsOf({ procedure, bpmn }: ProcedurePackage): string[] {
  const named = [...bpmn.matchAll(/candidateGroups="([^"=][^"]*)"/g)].flatMap(([, groups = '']) => groups.split(','))
  return [...new Set([procedure.unit, ...named.map((group) => group.trim()).filter((group) => !group.includes(':'))])]
}

/** Reads every procedure under `folder`; names beginning with `_` are not procedures. Throws with the file's name on the first fault. */
export async function readPackages(folder: string): Promise<ProcedurePackage[]> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((each) => each.isDirectory() && !each.name.startsWith('_')).map((each) => each.name)
  return Promise.all(names.sort().map((name) => readPackage(join(folder, name))))
}

/** Reads one procedure's folder. */
export async function readPackage(folder: string): Promise<ProcedurePackage> {
  const hash = createHash('sha256')
  const read = async (...path: string[]): Promise<string> => {
    const text = await readFile(join(folder, ...path), 'utf8')
    hash.update(path.join('/')).update('\0').update(text).update('\0')
    return text
  }
  const files = async (kind: string): Promise<string[]> => (await readdir(join(folder, kind)).catch(noneIfMissing)).sort()
  const procedure = parseAs(Procedure, await read('procedure.json'), join(folder, 'procedure.json'))
  const bpmn = await read('process.bpmn')

  const forms: ProcedurePackage['forms'] = {}
  for (const name of await files('forms')) {
    const form = parseAs(z.looseObject({ id: Kebab }), await read('forms', name), join(folder, 'forms', name))
    forms[form.id] = form
  }
  const decisions: Record<string, string> = {}
  for (const name of await files('decisions')) decisions[name] = await read('decisions', name)
  await checkDecisions(decisions, procedure, folder)

  const letters: ProcedurePackage['letters'] = {}
  for (const name of await files('letters')) {
    const [, letter, language] = /^(.+)\.([a-z]{2})\.md$/.exec(name) ?? []
    if (!letter || !isTextLanguage(language)) throw new Error(`Expected a letter named <letter>.<language>.md, but found ${join(folder, 'letters', name)}`)
    ;(letters[letter] ??= {})[language] = await read('letters', name)
  }
  const texts = {} as Record<TextLanguage, Texts>
  for (const language of textLanguages) texts[language] = JSON.parse(await read('texts', `${language}.json`)) as Texts

  return { procedure, bpmn, forms, decisions, letters, texts, checksum: hash.digest('hex') }
}

/** The words of one language for one country: the overlay `@<country>` laid over the rest. */
export function textsFor(pack: Pick<ProcedurePackage, 'texts'>, language: TextLanguage, country: string): Texts {
  const all = pack.texts[language]
  const base = Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith('@')))
  const overlay = all[`@${country}`]
  return typeof overlay === 'object' ? layOver(base, overlay) : base
}

/** The words at a dotted key; undefined when there are none. */
export function textAt(texts: Texts, key: string): string | undefined {
  let here: string | Texts | undefined = texts
  for (const part of key.split('.')) here = typeof here === 'object' ? here[part] : undefined
  return typeof here === 'string' ? here : undefined
}

// Here the file can be named; the engine would name only what it was sent.
async function checkDecisions(decisions: ProcedurePackage['decisions'], { feeDecision }: Procedure, folder: string): Promise<void> {
  const fileOf = new Map<string, string>()
  for (const [name, xml] of Object.entries(decisions)) {
    const file = join(folder, 'decisions', name)
    if (!name.endsWith('.dmn')) throw new Error(`Expected a decision model named <name>.dmn, but found ${file}`)
    const { drg, faults } = await readDmn(xml)
    if (!drg) throw new Error(`Expected ${file} to hold decisions that can be made, but: ${faults.join('; ')}`)
    for (const { id } of drg.decisions) {
      const other = fileOf.get(id)
      if (other) throw new Error(`Expected each decision once, but ${id} is in ${other} and in ${file}`)
      fileOf.set(id, file)
    }
  }
  if (feeDecision && !fileOf.has(feeDecision)) {
    throw new Error(`Expected ${join(folder, 'decisions')} to have the decision ${feeDecision} that procedure.json names, but found none`)
  }
}

function noneIfMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

function layOver(base: Texts, overlay: Texts): Texts {
  const result: Texts = { ...base }
  for (const [key, value] of Object.entries(overlay)) {
    const below = result[key]
    result[key] = typeof value === 'object' && typeof below === 'object' ? layOver(below, value) : value
  }
  return result
}

function isTextLanguage(text: string | undefined): text is TextLanguage {
  return textLanguages.some((each) => each === text)
}

/** Parses JSON by a schema; a fault names the file. */
export function parseAs<Shape>(schema: z.ZodType<Shape>, text: string, file: string): Shape {
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return result.data
  throw new Error(`Expected ${file} to be of the agreed form, but: ${z.prettifyError(result.error)}`)
}
