import { Refusal } from '../../base/errors.ts'
import { Municipality } from '../../zeebe/municipality.ts'
import type { Emblem, Installation } from '../context.ts'

/** What is wrong with one field of a town's settings. The sentences are `admin.faults.<code>`. */
export interface TownFault {
  /** Path of the field: `contact.email`, `units.2.prefix`. */
  key: string
  code: 'needed' | 'not-understood' | 'taken' | 'no-such-authority' | 'unit-needed' | 'unit-twice' | 'no-sequence' | 'too-large' | 'no-picture'
  facts?: Record<string, string | number>
}

/** Settings that cannot be taken as they are, with every fault of every field. */
export class TownRefusal extends Refusal {
  constructor(readonly faults: readonly TownFault[]) {
    super('invalid', 'town-has-faults', { fields: faults.map(({ key }) => key) })
  }
}

/** Throws a {@link TownRefusal} with all that a municipality's settings lack. `isNew`: its id must be free. */
export async function checkTown(
  town: Municipality, { isNew, installation, emblem }: { isNew: boolean; installation: Installation; emblem?: Emblem | undefined },
): Promise<void> {
  const faults: TownFault[] = []
  for (const { path } of Municipality.safeParse(town).error?.issues ?? []) {
    faults.push({ key: path.join('.'), code: isEmptyAt(town, path) ? 'needed' : 'not-understood' })
  }
  for (const [key, value] of needed(town)) if (value.trim() === '') faults.push({ key, code: 'needed' })
  if (isNew && installation.towns().some(({ id }) => id === town.id)) faults.push({ key: 'id', code: 'taken', facts: { id: town.id } })
  const customs = await installation.customsOf(town.country)
  if (!customs.authorities.includes(town.authority)) faults.push({ key: 'authority', code: 'no-such-authority' })
  if (!isTimeZone(town.timeZone)) faults.push({ key: 'timeZone', code: 'not-understood' })
  if (!isEmail(town.contact.email)) faults.push({ key: 'contact.email', code: 'not-understood' })
  faults.push(...faultsOfUnits(town, installation.unitsNeeded(town)), ...faultsOfNumbering(town), ...faultsOfEmblem(emblem))
  if (faults.length > 0) throw new TownRefusal(unique(faults))
}

function isEmptyAt(value: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce((each, name) => (typeof each === 'object' && each !== null ? (each as Record<PropertyKey, unknown>)[name] : undefined), value)
  return found === undefined || found === ''
}

function needed(town: Municipality): [string, string][] {
  const { names, placeNames, contact } = town
  return [
    ...Object.entries(names).map(([language, name]): [string, string] => [`names.${language}`, name]),
    ...Object.entries(placeNames).map(([language, name]): [string, string] => [`placeNames.${language}`, name]),
    ...Object.entries(contact.address).map(([language, text]): [string, string] => [`contact.address.${language}`, text]),
    ['contact.phone', contact.phone],
    ...town.units.flatMap(({ names: of }, at) => Object.entries(of).map(([language, name]): [string, string] => [`units.${at}.names.${language}`, name])),
  ]
}

function* faultsOfUnits({ units }: Municipality, needs: readonly string[]): Generator<TownFault> {
  const ids = units.map(({ id }) => id)
  for (const [at, id] of ids.entries()) {
    if (!/^[a-z][a-z0-9-]{1,40}$/.test(id)) yield { key: `units.${at}.id`, code: 'not-understood' }
    if (ids.indexOf(id) !== at) yield { key: `units.${at}.id`, code: 'unit-twice', facts: { unit: id } }
  }
  // Its procedures would hand their steps to nobody.
  for (const unit of needs) if (!ids.includes(unit)) yield { key: 'units', code: 'unit-needed', facts: { unit } }
}

function* faultsOfNumbering({ numbering: { template, actTemplate } }: Municipality): Generator<TownFault> {
  // Without its place in the series, two cases would have one number.
  if (!template.includes('{seq}')) yield { key: 'numbering.template', code: 'no-sequence' }
  if (!/\{yyyy\}|\{dd\.MM\.yyyy\}/.test(template)) yield { key: 'numbering.template', code: 'not-understood' }
  if (!actTemplate.includes('{case}') || !actTemplate.includes('{act}')) yield { key: 'numbering.actTemplate', code: 'not-understood' }
}

const mostEmblemBytes = 256 * 1024

function* faultsOfEmblem(emblem: Emblem | undefined): Generator<TownFault> {
  if (!emblem) return
  if (emblem.bytes.length > mostEmblemBytes) yield { key: 'emblem', code: 'too-large', facts: { kilobytes: mostEmblemBytes / 1024 } }
  if (!isPicture(emblem)) yield { key: 'emblem', code: 'no-picture' }
}

/** By its first bytes, whatever it is called. */
function isPicture({ mediaType, bytes }: Emblem): boolean {
  const starts = (...first: number[]): boolean => first.every((byte, at) => bytes[at] === byte)
  if (mediaType === 'image/png') return starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  if (mediaType === 'image/jpeg') return starts(0xff, 0xd8, 0xff)
  const text = bytes.toString('utf8')
  // It is only ever shown as an image, where a browser runs nothing in it; what could be opened alone must be harmless too.
  return /<svg[\s>]/.test(text) && !/<script|<foreignObject|javascript:|\son\w+\s*=|<!ENTITY|(?:href|src)\s*=\s*["']\s*(?!#|data:image\/)/i.test(text)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false // Intl has no other way to say that it knows no such place
  }
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}

function unique(faults: readonly TownFault[]): TownFault[] {
  const seen = new Set<string>()
  return faults.filter(({ key, code }) => {
    const name = `${key} ${code}`
    return !seen.has(name) && seen.add(name)
  })
}
