import { marked } from 'marked'
import type { Language } from '../../../server/http/contract/words.ts'
import { toLatin } from '../../../server/rules/scripts/index.ts'

/**
 * A guide's Markdown, which is ours and comes with the page, as HTML. Addresses in it begin at the town (`/inbox/town`); its headings
 * stand one below the guide's own. Serbian Latin is derived.
 */
export function guideHtml(source: string, { tenant, language, below = 1 }: { tenant: string; language: Language; below?: number }): string {
  const text = language === 'sr-Latn' ? toLatin(source) : source
  return marked.parse(text.replace(/\]\(\//g, `](/${tenant}/`).replace(/^#(?=#* )/gm, '#'.repeat(below)), { async: false })
}
