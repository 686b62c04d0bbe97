/**
 * Lays the theme of login and letters out for Keycloak: our pages, the tokens and the font of the portal, and the words in six
 * languages.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toLatin } from '../rules/scripts/index.ts'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

/** Keycloak's name of each language's file (see identity/loginLocale.ts); Serbian is kept once, in Cyrillic. */
const files = { sh: 'sr', sr: 'sr', bg: 'bg', ro: 'ro', hu: 'hu', en: 'en' } as const

/** Writes the theme `salter` under `folder`, which Keycloak takes as its folder of themes. What was there is replaced. */
export async function layTheme(folder: string): Promise<void> {
  const login = join(folder, 'salter', 'login')
  await rm(join(folder, 'salter'), { recursive: true, force: true })
  await cp(join(here, 'theme', 'salter'), join(folder, 'salter'), { recursive: true })
  await layStyles(join(login, 'resources', 'css'))
  await layTexts('texts', join(login, 'messages'))
  await layTexts('emailTexts', join(folder, 'salter', 'email', 'messages'))
}

async function layTexts(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const [file, language] of Object.entries(files)) {
    const texts = JSON.parse(await readFile(join(here, 'theme', from, `${language}.json`), 'utf8')) as Record<string, string>
    await writeFile(join(to, `messages_${file}.properties`), propertiesOf(texts, file === 'sh'))
  }
}

async function layStyles(css: string): Promise<void> {
  await cp(join(root, 'ui', 'shared', 'tokens.css'), join(css, 'tokens.css'))
  const require = createRequire(import.meta.url)
  const fonts: string[] = []
  const faces = (await readFile(join(root, 'ui', 'shared', 'fonts.css'), 'utf8')).replace(/url\("(@[^"]+)"\)/g, (_, path: string) => {
    fonts.push(path)
    return `url("fonts/${basename(path)}")`
  })
  await mkdir(join(css, 'fonts'), { recursive: true })
  await writeFile(join(css, 'fonts.css'), faces)
  for (const font of fonts) await cp(require.resolve(font), join(css, 'fonts', basename(font)))
}

/** Java's properties; Keycloak formats every message, so an apostrophe is written twice (java.text.MessageFormat). */
function propertiesOf(texts: Record<string, string>, latin: boolean): string {
  const lines = Object.entries(texts).map(([key, text]) => {
    const words = latin && !key.startsWith('locale_') ? toLatin(text) : text
    return `${key.replace(/[ :=]/g, '\\$&')}=${words.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}`
  })
  return `# Made from server/launch/theme/texts.\n${lines.join('\n')}\n`
}
