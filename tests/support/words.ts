import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { latinTexts } from '../../server/rules/scripts/index.ts'
import { textAt, textsFor, type TextLanguage, type Texts } from '../../server/zeebe/packages.ts'

const root = join(import.meta.dirname, '..', '..')

/** The words a person reads: `ui('portal.check.change')`, `of('petition', 'forms.petition.subject.label')`. Throws on a key without words. */
export interface Words {
  ui(key: string, gaps?: Record<string, string | number>): string
  of(procedure: string, key: string): string
}

/** All words in one of the six languages, for a town of that country. */
export async function words(language: string, country: string): Promise<Words> {
  const file = language.startsWith('sr') ? 'sr' : language
  const read = async (...path: string[]): Promise<Texts> => {
    const texts = JSON.parse(await readFile(join(root, ...path, `${file}.json`), 'utf8')) as Texts
    return language === 'sr-Latn' ? latinTexts(texts) : texts
  }
  const ui: Texts = Object.assign({}, ...await Promise.all(['shared', 'portal', 'inbox', 'counter'].map((room) => read('ui', room, 'texts'))))
  const procedures: Record<string, Texts> = {}
  for (const name of ['register-extract', 'petition', 'citizen-registration']) {
    const texts = await read('processes', name, 'texts')
    procedures[name] = textsFor({ texts: { [file]: texts } as Record<TextLanguage, Texts> }, file as TextLanguage, country)
  }
  return {
    ui: (key, gaps = {}) => known(ui, key).replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap)),
    of: (procedure, key) => known(procedures[procedure] ?? {}, key),
  }
}

function known(texts: Texts, key: string): string {
  const words = textAt(texts, key)
  if (words === undefined) throw new Error(`Expected words for ${key}, but there are none`)
  return words
}
