import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../server/http/contract/errorCodes.ts'
import { statuses } from '../../server/http/contract/words.ts'
import { formFaultCodes } from '../../server/rules/form/index.ts'
import { timelineKinds } from '../../server/cases/timeline.ts'

const ui = fileURLToPath(new URL('../../ui', import.meta.url))
const files = ['sr', 'bg', 'ro', 'hu', 'en'] as const
const rooms = ['shared', 'portal', 'counter', 'designer']
type Tree = { [key: string]: string | Tree }

function textsOf(room: string, file: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(join(ui, room, 'texts', `${file}.json`), 'utf8')) as Tree))
}

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => (
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`)
  ))
}

function filesOf(room: string): string[] {
  const names = readdirSync(join(ui, room), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.(vue|ts)$/.test(name)).map((name) => join(room, name))
}

const gaps = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()

describe.each(rooms)('the texts of %s', (room) => {
  const english = textsOf(room, 'en')

  test.each(files)('have every key in %s, none empty', (file) => {
    const texts = textsOf(room, file)

    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test.each(files)('have the same gaps in %s', (file) => {
    const texts = textsOf(room, file)

    const other = [...english].filter(([key, text]) => gaps(text).join() !== gaps(texts.get(key) ?? '').join()).map(([key]) => key)

    expect(other).toEqual([])
  })

  test('are Cyrillic in Serbian, for the Latin ones are derived from them', () => {
    const latin = [...textsOf(room, 'sr')].filter(([, text]) => /[čćžšđ]/i.test(text)).map(([key]) => key)

    expect(latin).toEqual([])
  })

  test('speak without exclamation marks', () => {
    const loud = files.flatMap((file) => [...textsOf(room, file)].filter(([, text]) => text.includes('!')).map(([key]) => `${file} ${key}`))

    expect(loud).toEqual([])
  })
})

test('every key a page asks for is there', () => {
  const known = new Set(rooms.flatMap((room) => [...textsOf(room, 'en').keys()]))

  const missing = rooms.flatMap(filesOf).flatMap((file) => {
    const asked = readFileSync(join(ui, file), 'utf8').matchAll(/\b(?:te?|words)\(\s*'([\w.-]+\.[\w.-]+)'/g)
    return [...asked].map(([, key]) => key ?? '').filter((key) => !known.has(key)).map((key) => `${file}: ${key}`)
  })

  expect(missing).toEqual([])
})

test('every key made from a code is there', () => {
  const known = textsOf('shared', 'en')
  const made = [
    ...statuses.map((status) => `status.${status}`),
    ...formFaultCodes.map((code) => `faults.${code}`),
    ...errorCodes.map((code) => `errors.${code}`),
    ...timelineKinds.map((kind) => `timeline.${kind}`),
  ]

  expect(made.filter((key) => !known.has(key))).toEqual([])
})
