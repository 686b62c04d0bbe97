import { staffRoles, type StaffRole } from './roles.ts'
import type { TextFile } from '../../shared/texts/languages.ts'

// One small file for each language and role: only what is opened is fetched.
const files = import.meta.glob<string>('../guides/*/*.md', { query: '?raw', import: 'default' })

/** The guide of a role, and what all guides of the language end with. */
export async function readGuide(language: TextFile, role: StaffRole): Promise<string> {
  const [own, common] = await Promise.all([open(language, role), open(language, 'common')])
  return `${own}\n${common}`
}

function open(language: TextFile, name: string): Promise<string> {
  const file = files[`../guides/${language}/${name}.md`]
  if (!file) throw new Error(`Expected a guide ${name} in ${language}, one of ${staffRoles.join(', ')}`)
  return file()
}
