import { languages, type Language } from '../contract/words.ts'
import { escapeHtml } from '../pages/html.ts'
import { townColor } from '../pages/townColor.ts'
import type { Refused } from './words.ts'

export interface DoorPage {
  refused: Refused
  language: Language
  words: Readonly<Record<string, string>>
  /** The day a sentence speaks of, as the language writes it. */
  date?: string | undefined
  /** Where each language leads; none: the page has no address of its own to come back to. */
  inLanguage?: ((language: Language) => string) | undefined
  links: { again?: string | undefined; password?: string | undefined; portal: string }
  /** For whoever reports it. */
  reference?: string | undefined
  nonce: string
}

/** Pages on which another certificate would help. */
const otherHelps: readonly Refused[] = [
  'unreadable', 'unknown-issuer', 'not-yet-valid', 'expired', 'not-accepted', 'wrong-usage', 'revoked', 'no-identifier', 'another-person',
]

const againFirst: readonly Refused[] = [
  'no-certificate', 'unreadable', 'revocation-unknown', 'too-many-attempts', 'neighbor-down', 'unexpected',
]

const names: Readonly<Record<Language, string>> = {
  'sr-Latn': 'Srpski', 'sr-Cyrl': 'Српски', bg: 'Български', ro: 'Română', hu: 'Magyar', en: 'English',
}

/** A whole page: what is wrong with the certificate, in a sentence, and what to do. It looks like the login page it came from. */
export function doorPage({ refused, language, words, date, inLanguage, links, reference, nonce }: DoorPage): string {
  const say = (key: string): string => escapeHtml((words[key] ?? key).replace('{date}', date ?? ''))
  // The filled button is the one that leads on: the same certificate again only where it may be let in later.
  const order = againFirst.includes(refused) ? (['again', 'password', 'portal'] as const) : (['password', 'again', 'portal'] as const)
  const [first, ...others] = order.flatMap((name) => {
    const href = links[name]
    return href ? [{ name, href }] : []
  })
  const link = ({ name, href }: { name: string; href: string }, kind: string): string =>
    `<a class="${kind}" href="${escapeHtml(href)}">${say(name)}</a>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${say(`${refused}.title`)} · ${say('mark')}</title>
<link rel="icon" href="${markAddress}">
<style nonce="${nonce}">
${style}
</style>
</head>
<body data-refused="${refused}">
<div class="strip"></div>
<header><span class="mark"><img src="${markAddress}" alt="" width="32" height="32">${say('mark')}</span></header>
<main>
<h1>${say(`${refused}.title`)}</h1>
<p>${say(`${refused}.text`)}${links.password && words[`${refused}.password`] ? ` ${say(`${refused}.password`)}` : ''}</p>
${otherHelps.includes(refused) ? `<p class="hint">${say('otherCertificate')}</p>` : ''}
<p class="ways">${link(first!, 'first')}${others.map((each) => link(each, 'quiet')).join('')}</p>
${reference ? `<p class="reference">${escapeHtml(reference)}</p>` : ''}
</main>
${inLanguage ? languagesNav(language, inLanguage, say('languages')) : ''}
</body>
</html>
`
}

function languagesNav(here: Language, inLanguage: (language: Language) => string, label: string): string {
  const items = languages.map((each) => {
    const current = each === here ? ' aria-current="true"' : ''
    return `<li><a href="${escapeHtml(inLanguage(each))}" lang="${each}" hreflang="${each}"${current}>${names[each]}</a></li>`
  })
  return `<nav aria-label="${label}"><ul>${items.join('')}</ul></nav>`
}

const mark = '#1B6F7C'
/** The login theme's own mark (launch/theme/salter/login/resources/img/mark.svg). */
const markAddress = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
  + '<rect x="2" y="3" width="28" height="26" rx="4" fill="#0E5764"/><path d="M7 22V15a9 9 0 0 1 18 0v7z" fill="#fff"/>'
  + '<path d="M5 22h22v3H5z" fill="#8CBFC9"/><path d="M12 17h8v5h-8z" fill="#0E5764"/></svg>')}`
const { light, dark } = townColor(mark)

// The same paper, ink and accent as the login's theme; inline, since the door serves nothing but this page.
const style = `*, *::before, *::after { box-sizing: border-box; }
:root { --paper: #F6F4EF; --surface: #FFFFFF; --ink: #1B2228; --ink-2: #454D55; --line: #DED9CF; --line-2: #7E786D; --focus: #1442A0; }
:root { --accent: ${light['--accent']}; --on-accent: #FFFFFF; --link: ${light['--accent-text']}; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12171B; --surface: #1A2025; --ink: #EDE9E1; --ink-2: #BFC3C6; --line: #2F373E; --line-2: #7C868E; --focus: #A9CBFF; }
  :root { --accent: ${dark['--accent']}; --on-accent: ${dark['--on-accent']}; --link: ${dark['--accent-text']}; }
}
body { margin: 0; min-height: 100dvh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.5 "Source Sans 3", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
.strip { height: 4px; background: ${mark}; }
header { display: flex; padding: 1rem; border-block-end: 1px solid var(--line); background: var(--surface); }
.mark { display: inline-flex; align-items: center; gap: .75rem; min-height: 2rem; font-size: 1.25rem; font-weight: 660; }
main { width: min(28rem, 100% - 2rem); margin: 2rem auto; padding: 1.5rem; background: var(--surface); border: 1px solid var(--line);
  border-radius: 10px; }
h1 { margin: 0 0 1.25rem; font-size: 1.875rem; font-weight: 660; line-height: 1.15; overflow-wrap: break-word; }
p { margin: 1rem 0; }
.hint { color: var(--ink-2); font-size: 1rem; }
.ways { display: flex; flex-direction: column; gap: .75rem; margin-block: 1.5rem 0; }
.ways a { display: flex; align-items: center; justify-content: center; min-height: 3rem; padding: .5rem 1.25rem; border-radius: 6px;
  border: 1px solid var(--line-2); color: var(--link); font-weight: 550; text-align: center; text-decoration: none; }
.ways .first { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.reference { color: var(--ink-2); font: .875rem ui-monospace, monospace; }
nav { margin-block-start: auto; padding: 1.25rem 1rem 2rem; }
ul { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 .5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-flex; align-items: center; min-height: 3rem; padding-inline: .75rem; color: var(--link); }
nav a[aria-current] { color: var(--ink); font-weight: 660; text-decoration: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
@media (max-width: 30rem) { main { margin: 1rem auto; padding: 1.25rem 1rem; } }`
