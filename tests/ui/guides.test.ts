import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { staffRoles } from '../../server/identity/actor.ts'
import { guideHtml } from '../../ui/shared/guides/guideHtml.ts'

const languages = ['sr', 'bg', 'ro', 'hu', 'en'] as const
const inboxGuide = (language: string, role: string): string => readFileSync(`ui/inbox/guides/${language}/${role}.md`, 'utf8')
const portalGuide = (language: string): string => readFileSync(`ui/portal/guides/${language}.md`, 'utf8')

/** The addresses of an app, read from where they are written. Its catch-all is none of them. */
function addressesOf(file: string): (address: string) => boolean {
  const paths = [...readFileSync(file, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path!).filter((path) => !path.includes('.*'))
  const page = {}
  const router = createRouter({ history: createMemoryHistory(), routes: paths.map((path) => ({ path, component: page })) })
  return (address) => router.resolve(address).matched.length > 0
}
const isInbox = addressesOf('ui/inbox/routes.ts')
const isPortal = addressesOf('ui/portal/routes.ts')

/** Whether a page of the product answers an address that begins at the town. */
function exists(address: string): boolean {
  const [path = ''] = address.split('?')
  if (path === '/counter' || path === '/designer') return true // apps of their own, each one page
  if (path === '/inbox' || path.startsWith('/inbox/')) return isInbox(path.slice('/inbox'.length) || '/')
  return isPortal(`/sombor${path}`)
}

type Tree = { [key: string]: string | Tree }
const wordsIn = (tree: Tree): string[] => Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : wordsIn(value)))
const read = (file: string): Tree => JSON.parse(readFileSync(file, 'utf8')) as Tree
const labelsOf = (language: string): Set<string> => new Set([
  ...['counter', 'inbox', 'portal', 'shared'].flatMap((app) => wordsIn(read(`ui/${app}/texts/${language}.json`))),
  ...readdirSync('processes').filter((name) => !/^_|\./.test(name)).flatMap((name) => wordsIn(read(`processes/${name}/texts/${language}.json`))),
])

test('every role has a guide in every language, and no guide is of a role that is none', () => {
  for (const language of languages) {
    const files = readdirSync(`ui/inbox/guides/${language}`).map((name) => name.replace('.md', ''))
    expect(files.sort(), language).toEqual([...staffRoles, 'common'].sort())
  }
})

describe.each(languages)('the guides in %s', (language) => {
  const guides = [...staffRoles, 'common'].map((role) => [role, inboxGuide(language, role)] as const)
  const all = [...guides, ['citizen', portalGuide(language)] as const]
  const labels = labelsOf(language)

  test('name only pages that exist', () => {
    const named = all.flatMap(([role, text]) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, address]) => ({ role, address: address! })))

    expect(named.length).toBeGreaterThan(30)
    expect(named.filter(({ address }) => !exists(address))).toEqual([])
  })

  test('call buttons and lists by the words that stand on them', () => {
    const said = all.flatMap(([role, text]) => text.split('\n').filter((line) => /^\d\. /.test(line)).flatMap((line) =>
      [...line.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => ({ role, label: label! }))))

    expect(said.length).toBeGreaterThan(30)
    expect(said.filter(({ label }) => !labels.has(label))).toEqual([])
  })

  test('tell what to do first, what to know, and what is not there yet', () => {
    for (const [role, text] of guides) {
      if (role === 'common') continue
      expect(text.match(/^\d\. /gm)?.length, role).toBeGreaterThanOrEqual(4)
      expect(text.match(/^## /gm)?.length, role).toBe(3)
      expect(text.match(/^- /gm)?.length, role).toBeGreaterThanOrEqual(2)
    }
  })

  test('say the letter that takes a row as the keys have it', () => {
    const letters = read(`ui/inbox/texts/${language}.json`) as { inbox: { keys: { letters: { claim: string } } } }

    expect(inboxGuide(language, 'case-clerk')).toMatch(new RegExp(`(^|\\s)${letters.inbox.keys.letters.claim}\\s`))
  })
})

test('an address begins at the town, headings stand below the guide’s own, and Latin is derived', () => {
  const html = guideHtml('Ђорђе [Задаци](/inbox)\n\n## Шта\n', { tenant: 'sombor', language: 'sr-Latn', below: 2 })

  expect(html).toContain('<a href="/sombor/inbox">Zadaci</a>')
  expect(html).toContain('<h3>Šta</h3>')
  expect(html).toContain('Đorđe')
})
