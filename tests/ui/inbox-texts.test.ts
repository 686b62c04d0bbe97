import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const languages = ['sr', 'bg', 'ro', 'hu', 'en'] as const
const forms = { sr: 3, ro: 3, bg: 2, en: 2, hu: 1 } as const
type TextLanguage = (typeof languages)[number]
const textsOf = (language: TextLanguage): Texts => flat(json(`ui/inbox/texts/${language}.json`))
const texts: Readonly<Record<TextLanguage, Texts>> = {
  sr: textsOf('sr'), bg: textsOf('bg'), ro: textsOf('ro'), hu: textsOf('hu'), en: textsOf('en'),
}
const shared = flat(json('ui/shared/texts/en.json'))
const sources = readdirSync('ui/inbox', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => ({ name, text: readFileSync(`ui/inbox/${name}`, 'utf8') }))

describe('the words of the inbox', () => {
  test.each(languages)('every text is there in %s, and no other', (language) => {
    expect([...texts[language].keys()].sort()).toEqual([...texts.en.keys()].sort())
  })

  test.each(languages)('each text in %s has the same gaps to fill', (language) => {
    const gaps = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

    for (const [key, text] of texts[language]) {
      expect({ key, gaps: gaps(text) }).toEqual({ key, gaps: gaps(texts.en.get(key) ?? '') })
    }
  })

  test.each(languages)('counted words in %s have all forms of the language', (language) => {
    for (const [key, text] of texts.en) {
      if (!text.includes(' | ')) continue
      expect({ key, forms: texts[language].get(key)?.split(' | ').length }).toEqual({ key, forms: forms[language] })
    }
  })

  test('Serbian is kept in Cyrillic only', () => {
    // Names of file formats and units, and what a person types as it stands: gaps of a number, a short name.
    const asItIs = /\{\w+\}|\{'\{'\}[\w.]+\{'\}'\}|\b(PNG|JPG|SVG|KB|taxes)\b/g
    const latin = [...texts.sr].filter(([, text]) => /[A-Za-zčćžšđ]/.test(text.replace(asItIs, '')))

    expect(latin).toEqual([])
  })

  test('nobody is thanked, begged or cheered', () => {
    const all = languages.flatMap((language) => [...texts[language]])
    const chatty = all.filter(([, text]) => /!|успешно|молимо|successfully|please/i.test(text))

    expect(chatty).toEqual([])
  })

  test('every key the pages ask for exists', () => {
    const asked = findAll(/'((?:inbox|shared|stamp|form|errors)\.[\w.-]+)'/g)

    const missing = asked.filter(({ key }) => !texts.en.has(key) && !shared.has(key))

    expect(asked.length).toBeGreaterThan(60)
    expect(missing).toEqual([])
  })

  test('every key that ends in a name of ours has a text for each name', () => {
    const begun = findAll(/`((?:inbox|shared)\.[\w.-]+)\.\$\{/g)

    const missing = begun.filter(({ key: place }) => ![...texts.en.keys(), ...shared.keys()].some((key) => key.startsWith(`${place}.`)))

    expect(begun.length).toBeGreaterThan(5)
    expect(missing).toEqual([])
  })

  test('no text stands unused', () => {
    const all = sources.map(({ text }) => text).join('\n')
    const place = (key: string, up: number): string => key.split('.').slice(0, -up).join('.')
    const used = (key: string): boolean => all.includes(`'${key}'`) || [1, 2].some((up) => all.includes(`\`${place(key, up)}.\${`))

    expect([...texts.en.keys()].filter((key) => !used(key))).toEqual([])
  })
})

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

type Texts = Map<string, string>

/** A tree of texts as places and sentences. */
function flat(tree: unknown, place = ''): Texts {
  if (typeof tree === 'string') return new Map([[place, tree]])
  const parts = Object.entries(tree as Record<string, unknown>)
  return new Map(parts.flatMap(([name, part]) => [...flat(part, place ? `${place}.${name}` : name)]))
}

/** What a pattern captures in the sources of the inbox, and in which file. */
function findAll(pattern: RegExp): { name: string; key: string }[] {
  return sources.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([, key]) => ({ name, key: key ?? '' })))
}
