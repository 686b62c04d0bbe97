/**
 * Keeps the picture of architecture.md true: which room may import which. Imports of types count too, for what a room
 * knows is what it depends on.
 */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

interface Room {
  /** Other rooms it may import, or one folder or file of a room (`zeebe/protocol`). */
  may: readonly string[]
  /** npm packages, where the list is short on purpose. */
  packages?: readonly string[]
  /** Why the wall stands, for the person who ran into it. */
  because: string
}

/** A room is a folder; the longest name that fits a file is its room. */
const rooms: Readonly<Record<string, Room>> = {
  'server/rules': { may: [], packages: ['lezer-feel', '@lezer/common', '@lezer/lr', 'dmn-moddle', 'decimal.js', 'luxon'], because: 'it runs in the browser too, and knows nobody' },
  'server/base': { may: ['server/rules'], because: 'everything stands on it' },
  'server/db': { may: ['server/base', 'server/rules'], because: 'it knows no table\'s meaning' },
  'server/channels': { may: ['server/base', 'server/rules'], because: 'an inbound message is returned, never handed to cases' },
  'server/outside': { may: ['server/identity/certificates', 'server/base', 'server/rules'], because: 'each neighbor stays behind one small shape' },
  'server/identity/certificates': { may: ['server/rules'], packages: ['pkijs', 'asn1js', 'node:crypto'], because: 'whether a certificate is believed depends on nothing of ours, and others than the login ask it' },
  'server/identity': { may: ['server/identity/certificates', 'server/base', 'server/rules', 'server/db'], because: 'it says who is asking, not what they may do with a case' },
  'server/zeebe': { may: ['server/base', 'server/rules'], because: 'it is the near side of a wire' },
  'server/cases': {
    may: ['server/channels', 'server/outside', 'server/identity', 'server/zeebe', 'server/db', 'server/base', 'server/rules'],
    because: 'it knows neither HTTP nor jobs, so a verb means the same from every door',
  },
  'server/http/contract': { may: ['server/rules'], packages: ['zod'], because: 'the pages take it whole' },
  'server/http': { may: ['server/http/contract', 'server/cases', 'server/identity', 'server/channels', 'server/base', 'server/rules'], because: 'it is a door: reads in, calls a verb, shows out; SQL and gRPC are not its business' },
  'server/workers': { may: ['server/cases', 'server/channels', 'server/outside', 'server/zeebe', 'server/base', 'server/rules'], because: 'it is a door: no SQL and no HTTP' },
  'server/engine': { may: ['server/zeebe/protocol', 'server/db', 'server/base', 'server/rules'], because: 'the engine is on the far side of a wire: the product must run without it' },
  'server/launch': { may: ['server/channels', 'server/outside/payments', 'server/identity', 'server/zeebe', 'server/db', 'server/base', 'server/rules'], because: 'it starts programs; what they do is theirs' },
  'server/console': { may: ['server/base', 'server/rules'], because: 'it shows the rules alone to whoever likes files, without a server or a database' },
  'server/main.ts': { may: ['server'], because: 'the one file that knows every room' },
  'server/audit.ts': { may: ['server/cases', 'server/db'], because: 'it asks one question of the database, without a server' },
  'server/towns.ts': { may: ['server'], because: 'it ties each town to its neighbors, for main and the programs beside it' },
  'server/tenant.ts': { may: ['server'], because: 'it calls the verbs that add a town, as an administrator\'s page does' },
  'server/demo.ts': { may: ['server'], because: 'it calls verbs as a clerk would' },
  'ui/shared': { may: ['server/http/contract', 'server/rules'], because: 'pages see the contract, never the server' },
  'ui/portal': { may: ['ui/shared', 'server/http/contract', 'server/rules'], because: 'an app never imports another app' },
  'ui/inbox': { may: ['ui/shared', 'server/http/contract', 'server/rules'], because: 'an app never imports another app' },
  'ui/counter': { may: ['ui/shared', 'server/http/contract', 'server/rules'], because: 'an app never imports another app' },
  'ui/designer': { may: ['ui/shared', 'server/http/contract', 'server/rules'], because: 'an app never imports another app' },
  'ui/vite.config.ts': { may: [], because: 'it only builds' },
}

test('every import points where the picture says', async () => {
  const wrong: string[] = []

  for (const file of await sourceFiles()) {
    const from = roomOf(file)
    if (!from) {
      wrong.push(`${file} stands in no room: rooms are listed in tests/arrows.test.ts and explained in the README`)
      continue
    }
    for (const wanted of await importsOf(file)) {
      const fault = wanted.startsWith('.') ? faultOfFile(file, from, wanted) : faultOfPackage(from, wanted)
      if (fault) wrong.push(`${file} imports ${fault}`)
    }
  }

  expect(wrong, `\n${wrong.join('\n')}\n`).toEqual([])
})

test('an import that points up is told with the reason of the wall', () => {
  const fault = faultOfFile('server/cases/openCase.ts', 'server/cases', '../http/app.ts')

  expect(fault).toContain('server/http/app.ts, but server/cases may import')
  expect(fault).toContain('a verb means the same from every door')
  expect(faultOfFile('server/engine/engine.ts', 'server/engine', '../zeebe/client.ts')).toContain('far side of a wire')
  expect(faultOfFile('server/engine/gateway/server.ts', 'server/engine', '../../zeebe/protocol/gateway.ts')).toBeUndefined()
  expect(faultOfFile('ui/portal/main.ts', 'ui/portal', '../inbox/main.ts')).toContain('never imports another app')
  expect(faultOfPackage('server/rules', 'pg')).toContain('the package pg')
})

test('imports are found in whatever form they are written', async () => {
  const main = await importsOf('server/main.ts')

  expect(main).toEqual(expect.arrayContaining(['./base/clock.ts', './engine/serve.ts']))
  expect((await importsOf('server/cases/context.ts')).length).toBeGreaterThan(5)
})

test('no code imports tests, and only the launcher starts from a script without types', async () => {
  const files = await sourceFiles()

  const importing = (await Promise.all(files.map(async (file) => ((await importsOf(file)).some((each) => /(^|\/)tests\//.test(each)) ? file : undefined))))
    .filter((file) => file !== undefined)

  expect(importing).toEqual([])
  expect(files.filter((file) => /\.(mjs|cjs|js)$/.test(file))).toEqual(['server/launch/start.mjs'])
})

test('what the tables name is there', async () => {
  const files = await sourceFiles()

  const missing = Object.keys(rooms).filter((room) => !files.some((file) => file === room || file.startsWith(`${room}/`)))

  // A room whose first file is still to come is named already, so that it begins inside its walls.
  expect(missing.filter((room) => !['server/demo.ts'].includes(room))).toEqual([])
})

function faultOfFile(file: string, from: string, wanted: string): string | undefined {
  const to = relative(root, resolve(root, dirname(file), wanted))
  if (isBelow(to, 'node_modules')) return undefined
  if (!isBelow(to, 'server') && !isBelow(to, 'ui')) return `${to}, which is in no room`
  const room = roomOf(to)
  if (room === from) return undefined
  const { may, because } = rooms[from]!
  if (may.some((allowed) => isBelow(to, allowed))) return undefined
  return `${to}, but ${from} may import ${may.length ? may.join(', ') : 'no other room'}: ${because}`
}

function faultOfPackage(from: string, wanted: string): string | undefined {
  const { packages, because } = rooms[from]!
  if (!packages) return undefined
  const name = wanted.split('/').slice(0, wanted.startsWith('@') ? 2 : 1).join('/')
  if (packages.includes(name)) return undefined
  return `the package ${name}, but ${from} may use ${packages.join(', ')}: ${because}`
}

function roomOf(file: string): string | undefined {
  return Object.keys(rooms).filter((room) => isBelow(file, room)).sort((a, b) => b.length - a.length)[0]
}

function isBelow(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`)
}

async function sourceFiles(): Promise<string[]> {
  const found = await Promise.all(['server', 'ui'].map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })))
  return found.flat()
    .filter((entry) => entry.isFile() && /\.(ts|vue|mjs|cjs|js)$/.test(entry.name) && !entry.parentPath.includes(join('launch', 'theme')))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

/** Every module a file names: import, export from, and import() with a fixed name. Comments do not count. */
async function importsOf(file: string): Promise<string[]> {
  const text = (await readFile(join(root, file), 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [...text.matchAll(/(?:^|\n|;)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g)]
    .map(([, from, bare, dynamic]) => (from ?? bare ?? dynamic)!)
}
