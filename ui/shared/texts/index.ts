import { createI18n } from 'vue-i18n'
import type { Language } from '../../../server/http/contract/words.ts'
import { latinTexts } from '../../../server/rules/scripts/index.ts'
import { textFileOf, type TextFile } from './languages.ts'
import { pluralRules } from './plurals.ts'

export * from './languages.ts'

export type TextTree = { [key: string]: string | TextTree }
/** One file per language, loaded only when that language is chosen. */
export type TextFiles = Record<TextFile, () => Promise<{ default: TextTree }>>

const sharedFiles: TextFiles = {
  sr: () => import('./sr.json'),
  bg: () => import('./bg.json'),
  ro: () => import('./ro.json'),
  hu: () => import('./hu.json'),
  en: () => import('./en.json'),
}

/** The app's words: those all apps share and its own. Nothing is loaded until `load`. */
export function createTexts(own: TextFiles) {
  const i18n = createI18n({
    legacy: false,
    locale: 'en',
    fallbackLocale: false,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
    pluralRules,
    messages: {},
  })
  const loaded = new Set<Language>()

  /** Loads a language once, beside the one that is spoken: a paper is printed in the language of whoever takes it home. */
  async function bring(language: Language): Promise<void> {
    if (loaded.has(language)) return
    const file = textFileOf(language)
    const [shared, app] = await Promise.all([sharedFiles[file](), own[file]()])
    const texts: TextTree = { ...shared.default, ...app.default }
    i18n.global.setLocaleMessage(language, language === 'sr-Latn' ? (latinTexts(texts) as TextTree) : texts)
    loaded.add(language)
  }

  /** Loads a language once, then speaks it. */
  async function load(language: Language): Promise<void> {
    await bring(language)
    i18n.global.locale.value = language
    document.documentElement.lang = language
  }

  return { i18n, load, bring }
}
export type AppTexts = ReturnType<typeof createTexts>
