import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loginLocale, loginLocales } from '../../server/identity/loginLocale.ts'
import { layTheme } from '../../server/launch/theme.ts'

const languages = ['sr', 'bg', 'ro', 'hu', 'en']

/** Of the pages and of the letters. */
async function textsOf(language: string): Promise<Record<string, string>> {
  const read = async (folder: string) => JSON.parse(await readFile(`server/launch/theme/${folder}/${language}.json`, 'utf8')) as Record<string, string>
  return { ...(await read('texts')), ...(await read('emailTexts')) }
}

test('the login page has every text in every language', async () => {
  const [first, ...others] = await Promise.all(languages.map(textsOf))

  for (const texts of [first!, ...others]) {
    expect(Object.keys(texts)).toEqual(Object.keys(first!))
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([])
    for (const [key, text] of Object.entries(texts)) expect(text.match(/\{\d\}/g) ?? [], key).toEqual(first![key]!.match(/\{\d\}/g) ?? [])
  }
})

test('Serbian is written in Cyrillic, and Romanian with commas below', async () => {
  const [serbian, romanian] = await Promise.all([textsOf('sr'), textsOf('ro')])

  const latin = Object.entries(serbian).filter(([key, text]) => !key.startsWith('locale_') && /[A-Za-z]/.test(text.replace(/\{\d\}|<[^>]+>/g, '')))
  expect(latin).toEqual([])
  expect(Object.values(romanian).join('')).not.toMatch(/[şţ]/i)
})

test('Keycloak gets a file for each language, Latin letters made from the Cyrillic, apostrophes doubled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salter-theme-'))

  await layTheme(folder)

  const read = (name: string): Promise<string> => readFile(join(folder, 'salter', 'login', name), 'utf8')
  const messages = await Promise.all(loginLocales.map((locale) => read(`messages/messages_${locale}.properties`)))
  expect(messages[loginLocales.indexOf(loginLocale('sr-Latn'))]).toContain('loginAccountTitle=Prijavite se')
  expect(messages[loginLocales.indexOf(loginLocale('sr-Latn'))]).toContain('locale_sr=Српски')
  expect(messages[loginLocales.indexOf(loginLocale('sr-Cyrl'))]).toContain('loginAccountTitle=Пријавите се')
  expect(messages.join('\n')).not.toMatch(/[^']'[^']/)
  expect((await read('theme.properties')).match(/^locales=(.*)$/m)?.[1]?.split(',').sort()).toEqual([...loginLocales].sort())
  expect(await read('resources/css/fonts.css')).not.toContain('@fontsource')
  expect(await read('resources/css/tokens.css')).toContain('--accent')
  await rm(folder, { recursive: true })
})
