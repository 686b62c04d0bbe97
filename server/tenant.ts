/**
 * `npm run tenant -- COMMAND`: municipalities of a running copy, from the command line. The verbs are those of the
 * administrator's page.
 *
 *   list                      which are served
 *   template COUNTRY [KIND]   prints a file to fill in: rs, ba, bg or ro; city, municipality or county-council
 *   add [FILE.json]           adds the municipality of the file, or asks for what it must know
 *   training ID [--again]     makes the town's copy for practice and waits until it is full; --again empties it and fills it anew
 *   --data DIR                data folder of the copy, .data when not given
 */
import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { systemClock } from './base/clock.ts'
import { readConfig } from './base/config.ts'
import { Outage, Refusal } from './base/errors.ts'
import { makeLog } from './base/log.ts'
import type { Context, Emblem } from './cases/context.ts'
import { addTown } from './cases/towns/addTown.ts'
import { TownRefusal } from './cases/towns/checkTown.ts'
import { inviteStaff } from './cases/towns/staff.ts'
import { askToFill } from './cases/towns/practice/askToFill.ts'
import { readTraining } from './cases/towns/practice/readTraining.ts'
import { trainingCopy } from './cases/towns/trainingCopy.ts'
import { openPool } from './db/pool.ts'
import { NewStaff, NewTown } from './http/contract/towns.ts'
import type { Actor } from './identity/actor.ts'
import { openTowns, type Towns } from './towns.ts'
import { connectZeebe } from './zeebe/client.ts'
import { readCountryTown, type CountryTown, type Municipality } from './zeebe/municipality.ts'

/** What a file says: the municipality, its first people, and where its picture lies. */
const TownFile = NewTown.extend({ people: z.array(NewStaff).default([]), logo: z.string().optional() })
type TownFile = z.infer<typeof TownFile>

/** Whoever can read the copy's secrets keeps it. */
const operator: Actor = {
  kind: 'staff', id: 'system:tenant-command', name: '', level: 'e-signature', roles: ['operator', 'administrator'], units: [],
}

const { values, positionals: [command = '', ...rest] } = parseArgs({ allowPositionals: true, options: { data: { type: 'string', default: '.data' }, again: { type: 'boolean', default: false } } })

const commands: Readonly<Record<string, () => Promise<void>>> = {
  list: () => withTowns(async (towns) => {
    for (const { id, country, authority, names, trainingOf } of towns.all) {
      say(`${id.padEnd(24)} ${country}  ${authority.padEnd(15)} ${names.en}${trainingOf ? `  (training copy of ${trainingOf})` : ''}`)
    }
  }),
  async template() {
    const [country, authority] = rest
    say(JSON.stringify(await template(oneOf(country, ['rs', 'ba', 'bg', 'ro'] as const, 'a country'), authority), null, 2))
  },
  add: () => withTowns(async (towns, publicUrl) => {
    const [file] = rest
    const wanted = file === undefined ? await askForTown() : await readTown(resolve(file))
    const { people, logo, ...given } = wanted
    const emblem = logo === undefined ? undefined : await readLogo(file ? resolve(file, '..', logo) : resolve(logo))
    const town = await addTown(anyContext(towns), given, { emblem })
    say(`${town.names.en} is served: ${publicUrl}/${town.id}/`)
    for (const person of people) {
      await inviteStaff(towns.contextFor(town.id, operator), person)
      say(`  ${person.username} was written to, to choose a password`)
    }
    if (people.length === 0) say('  Nobody works there yet: invite people on the page of an administrator, or name them in a file.')
  }),
  training: () => withTowns(async (towns, publicUrl) => {
    const [id = ''] = rest
    if (!towns.all.some((town) => town.id === id)) throw new Error(`Expected one of ${towns.all.map((town) => town.id).join(', ')}, but got ${id || 'nothing'}`)
    const copy = await trainingCopy(towns.contextFor(id, operator))
    say(`${copy.names.en} is served: ${publicUrl}/${copy.id}/`)
    const there = towns.contextFor(copy.id, operator)
    if (values.again) await askToFill(there, { again: true })
    await untilFull(there)
  }),
}

const run = commands[command]
if (!run) {
  process.stderr.write(`Expected one of ${Object.keys(commands).join(', ')}, but got ${command || 'nothing'}\n`)
  process.exit(1)
}
await run().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})

/** Opens the towns of the running copy for one deed. */
async function withTowns(work: (towns: Towns, publicUrl: string) => Promise<void>): Promise<void> {
  const folder = resolve(values.data)
  const kept = await readFile(resolve(folder, 'environment.json'), 'utf8').catch(() => {
    throw new Error(`Expected a running copy in ${folder}, so run npm start, or name its folder with --data`)
  })
  const config = readConfig(JSON.parse(kept) as Record<string, string>)
  const log = makeLog({ program: 'tenant' }, () => undefined)
  const pool = openPool(config.DATABASE_URL)
  const zeebe = connectZeebe({ address: config.ZEEBE_ADDRESS, log })
  try {
    await work(await openTowns(config, pool, zeebe, log, systemClock), config.PUBLIC_URL)
  } finally {
    await zeebe.close()
    await pool.destroy()
  }
}

/** The running copy fills it; a server that is not running does so when it runs again. */
async function untilFull(there: Context): Promise<void> {
  for (let told = ''; ;) {
    const training = await readTraining(there)
    const { phase, filed, planned, settled, accounts } = training?.fill ?? { phase: 'done', filed: 0, planned: 0, settled: 0, accounts: [] }
    const now = phase === 'filling' ? `  ${filed} of ${planned} requests filed, ${settled} stand where they should` : `  ${phase}`
    if (now !== told) say(now)
    told = now
    if (phase === 'done') {
      for (const { role, username } of accounts) say(`  ${role.padEnd(22)} ${username}`)
      say(`  Everyone's password there is ${training?.password ?? ''}`)
      return
    }
    await new Promise((wait) => setTimeout(wait, 1000))
  }
}

/** Adding a town is no town's own deed; it is written down in the first one, too. */
function anyContext(towns: Towns): Context {
  const [first] = towns.all
  if (!first) throw new Error('Expected one municipality at least in the folder of procedures')
  return towns.contextFor(first.id, operator)
}

async function readTown(file: string): Promise<TownFile> {
  const result = TownFile.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`)
  throw new Error([`Expected a municipality in ${file}, but:`, ...faults].join('\n'))
}

async function readLogo(file: string): Promise<Emblem> {
  const types: Readonly<Record<string, Emblem['mediaType']>> = {
    '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.svg': 'image/svg+xml',
  }
  const mediaType = types[extname(file).toLowerCase()]
  if (!mediaType) throw new Error(`Expected a picture (png, jpg or svg), but got ${file}`)
  return { mediaType, bytes: await readFile(file) }
}

async function customsOf(country: Municipality['country']): Promise<CountryTown> {
  return readCountryTown(resolve(import.meta.dirname, '..', 'processes'), country)
}

/** The customs of the country, to be changed, and gaps for what only the town knows. */
async function template(country: Municipality['country'], authority: string | undefined): Promise<unknown> {
  const { authorities, ...customs } = await customsOf(country)
  const kind = authority === undefined ? authorities[0] : oneOf(authority, authorities, 'a kind of authority of that country')
  const [unit] = customs.units
  return {
    country, authority: kind, name: '', place: '', address: '', phone: '', email: '', color: '#1B6F7C', ...customs,
    people: [{ username: '', givenName: '', familyName: '', email: '', roles: ['administrator'], units: [unit?.id ?? ''] }],
  }
}

/** Asks in the terminal. An empty answer takes what stands in brackets. */
async function askForTown(): Promise<TownFile> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const lines = terminal[Symbol.asyncIterator]()
  const ask = async (question: string, usual?: string): Promise<string> => {
    for (;;) {
      process.stdout.write(usual === undefined ? `${question}: ` : `${question} [${usual}]: `)
      const line = await lines.next()
      if (line.done) throw new Error('Stopped before everything was answered; nothing was added.')
      const answer = line.value.trim() || usual
      if (answer) return answer
      say('  This one is needed.')
    }
  }
  try {
    const country = oneOf(await ask('Country (rs, ba, bg, ro)', 'rs'), ['rs', 'ba', 'bg', 'ro'] as const, 'a country')
    const customs = await customsOf(country)
    const authority = oneOf(
      await ask(`Kind of authority (${customs.authorities.join(', ')})`, customs.authorities[0]), customs.authorities, 'a kind of authority',
    )
    const given = {
      country, authority,
      name: await ask(`Its name, in ${customs.officialLanguage}`),
      place: await ask('The place alone'),
      address: await ask('Address'),
      phone: await ask('Telephone'),
      email: await ask('E-mail'),
      color: await ask('Color', '#1B6F7C'),
      numbering: { ...customs.numbering, template: await ask('How numbers are written', customs.numbering.template) },
    }
    say(`Units: ${customs.units.map(({ id, prefix }) => `${id} (${prefix})`).join(', ')}; more can be added on the page.`)
    say('The first administrator, who then invites the others:')
    const email = await ask('  E-mail')
    const administrator = {
      email, givenName: await ask('  Given name'), familyName: await ask('  Family name'), username: await ask('  User name', email.split('@')[0]),
      roles: ['administrator'], units: customs.units.map(({ id }) => id),
    }
    return TownFile.parse({ ...given, people: [administrator] })
  } finally {
    terminal.close()
  }
}

function oneOf<Name extends string>(given: string | undefined, names: readonly Name[], what: string): Name {
  const found = names.find((name) => name === given)
  if (!found) throw new Error(`Expected ${what} (${names.join(', ')}), but got ${given ?? 'nothing'}`)
  return found
}

function sentenceOf(error: unknown): string {
  if (error instanceof TownRefusal) {
    const faults = error.faults.map(({ key, code, facts }) => `  ${key}: ${code}${facts ? ` (${Object.values(facts).join(', ')})` : ''}`)
    return ['Nothing was added, because of:', ...faults].join('\n')
  }
  if (error instanceof Refusal || error instanceof Outage || error instanceof Error) return error.message
  return String(error)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
