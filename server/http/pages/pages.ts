import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Outage } from '../../base/errors.ts'
import { townWords } from '../../cases/letters/townWords.ts'
import type { Asked, Step, Town } from '../web.ts'
import { escapeHtml } from './html.ts'
import { iconAddress } from './icon.ts'
import { readerLanguage } from './readerLanguage.ts'
import { townColor } from './townColor.ts'

type App = 'portal' | 'inbox' | 'counter' | 'designer'

// Of the front door, which is no town's; the default of ui/shared/tokens.css.
const ourColor = '#1B6F7C'

const staffApps: readonly App[] = ['inbox', 'counter', 'designer']

/**
 * Answers every address that people type or follow with the page of its app: `/` and `/{tenant}/…` the portal,
 * `/{tenant}/inbox…`, `/counter…` and `/designer…` theirs. What is inside is the app's own business.
 */
export function pages(folder: string): Step {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (ctx.path.startsWith('/api/') || ctx.path.startsWith('/ui/')) return next()
    const [, first = '', second] = ctx.path.split('/')
    const town = ctx.neighbors.towns().find((each) => each.id === first)
    if (first !== '' && !town) return next()
    if (town && second === undefined) return ctx.redirect(`/${town.id}/${ctx.search}`)
    if (town) ctx.town = town
    const app = staffApps.find((each) => each === second) ?? 'portal'
    const page = await readFile(join(folder, app, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new Outage('pages', cause)
    })
    ctx.type = 'text/html; charset=utf-8'
    ctx.set('cache-control', 'no-cache')
    ctx.body = fillPage(ctx, page, town)
  }
}

function fillPage(ctx: Asked, page: string, town: Town | undefined): string {
  const language = readerLanguage(ctx, town)
  const title = town ? `${townWords(town, language).name} · Šalter` : 'Šalter'
  const head = [`<title>${escapeHtml(title)}</title>`, icon(town), ...(town ? [townStyle(town, String(ctx.state.nonce))] : [])]
  return page
    .replace(/(?:lang="[^"]*"\s*)?data-salter-html/, `lang="${language}"${town ? ` data-tenant="${town.id}"` : ''}`)
    .replace('<!--salter-head-->', () => head.join('\n'))
}

function icon(town: Town | undefined): string {
  return `<link rel="icon" href="${iconAddress(townColor(town?.color ?? ourColor).light['--accent']!)}">`
}

/** The one style that is not in a file: the town's two numbers, and computed colors for browsers without oklch(). */
function townStyle(town: Town, nonce: string): string {
  const color = townColor(town.color)
  const roles = (table: Readonly<Record<string, string>>): string => Object.entries(table).map(([role, hex]) => `${role}:${hex}`).join(';')
  // One step more specific than the token file, whichever of the two the browser reads last.
  return `<style nonce="${nonce}">
html:root{--town-h:${color.hue};--town-c:${color.chroma};--town-mark:${color.mark}}
@supports not (color: oklch(0 0 0)){
html:root{${roles(color.light)}}
@media (prefers-color-scheme: dark){html:root:not([data-theme="light"]){${roles(color.dark)}}}
html:root[data-theme="dark"]{${roles(color.dark)}}
}
</style>`
}
