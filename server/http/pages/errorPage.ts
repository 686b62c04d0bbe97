import { townWords } from '../../cases/letters/townWords.ts'
import { toLatin } from '../../rules/scripts/index.ts'
import type { Language } from '../contract/words.ts'
import type { Asked } from '../web.ts'
import { escapeHtml } from './html.ts'
import { readerLanguage } from './readerLanguage.ts'
import { townColor } from './townColor.ts'

/** What a person can do about it. */
type WayOn = 'home' | 'again' | 'leave'

interface Words {
  title: string
  text: string
}

type FileLanguage = 'sr' | 'bg' | 'ro' | 'hu' | 'en'

/** Failures that can meet a person before any page of ours is open. Everything else counts as `unexpected`. */
const words: Readonly<Record<string, { wayOn: WayOn } & Readonly<Record<FileLanguage, Words>>>> = {
  'not-found': {
    wayOn: 'home',
    sr: { title: 'Ове странице нема', text: 'Проверите адресу или пођите од почетне странице.' },
    bg: { title: 'Тази страница не съществува', text: 'Проверете адреса или започнете от началната страница.' },
    ro: { title: 'Această pagină nu există', text: 'Verificați adresa sau porniți de la prima pagină.' },
    hu: { title: 'Ez az oldal nem létezik', text: 'Ellenőrizze a címet, vagy induljon a kezdőlapról.' },
    en: { title: 'There is no such page', text: 'Check the address or start from the first page.' },
  },
  'sign-in-expired': {
    wayOn: 'again',
    sr: { title: 'Пријава је предуго трајала', text: 'Пријавите се поново. Оно што сте започели остало је сачувано.' },
    bg: { title: 'Влизането отне твърде дълго', text: 'Влезте отново. Започнатото от вас е запазено.' },
    ro: { title: 'Autentificarea a durat prea mult', text: 'Autentificați-vă din nou. Ce ați început s-a păstrat.' },
    hu: { title: 'A bejelentkezés túl sokáig tartott', text: 'Jelentkezzen be újra. Amit elkezdett, megmaradt.' },
    en: { title: 'Signing in took too long', text: 'Sign in again. What you had begun is kept.' },
  },
  'sign-in-failed': {
    wayOn: 'again',
    sr: { title: 'Пријава није завршена', text: 'Пријавите се поново. Ако се понови, јавите нам број испод.' },
    bg: { title: 'Влизането не завърши', text: 'Влезте отново. Ако се повтори, съобщете ни номера по-долу.' },
    ro: { title: 'Autentificarea nu s-a încheiat', text: 'Autentificați-vă din nou. Dacă se repetă, comunicați-ne numărul de mai jos.' },
    hu: { title: 'A bejelentkezés nem fejeződött be', text: 'Jelentkezzen be újra. Ha megismétlődik, közölje velünk az alábbi számot.' },
    en: { title: 'Signing in did not finish', text: 'Sign in again. If it happens again, tell us the number below.' },
  },
  'no-access-here': {
    wayOn: 'leave',
    sr: { title: 'Овај налог нема приступ овде', text: 'Налог припада другом граду или још нема улогу. Обратите се администратору.' },
    bg: { title: 'Този профил няма достъп тук', text: 'Профилът е на друга община или още няма роля. Обърнете се към администратора.' },
    ro: {
      title: 'Acest cont nu are acces aici',
      text: 'Contul aparține altei localități sau nu are încă un rol. Adresați-vă administratorului.',
    },
    hu: {
      title: 'Ennek a fióknak itt nincs hozzáférése',
      text: 'A fiók másik településé, vagy még nincs szerepköre. Forduljon a rendszergazdához.',
    },
    en: { title: 'This account has no access here', text: 'It belongs to another town or has no role yet. Ask the administrator.' },
  },
  'level-too-low': {
    wayOn: 'home',
    sr: {
      title: 'Потребна је јача пријава',
      text: 'За ово треба електронски потпис. Оно што сте започели остало је сачувано; можете се вратити и касније.',
    },
    bg: {
      title: 'Нужно е по-сигурно влизане',
      text: 'За това е нужен електронен подпис. Започнатото от вас е запазено; можете да се върнете и по-късно.',
    },
    ro: {
      title: 'Este nevoie de o autentificare mai sigură',
      text: 'Pentru aceasta este necesară semnătura electronică. Ce ați început s-a păstrat; puteți reveni și mai târziu.',
    },
    hu: {
      title: 'Erősebb bejelentkezés szükséges',
      text: 'Ehhez elektronikus aláírás kell. Amit elkezdett, megmaradt; később is visszatérhet hozzá.',
    },
    en: {
      title: 'A stronger sign-in is needed',
      text: 'This needs your e-signature. What you had begun is kept; you can come back to it later.',
    },
  },
  'login-too-old': {
    wayOn: 'again',
    sr: { title: 'Потребна је нова пријава', text: 'За ово се пријавите поново, јер је ваша последња пријава стара.' },
    bg: { title: 'Нужно е ново влизане', text: 'За това влезте отново, защото последното ви влизане е отдавна.' },
    ro: { title: 'Este nevoie de o nouă autentificare', text: 'Autentificați-vă din nou, pentru că ultima autentificare este prea veche.' },
    hu: { title: 'Új bejelentkezés szükséges', text: 'Ehhez jelentkezzen be újra, mert az utolsó bejelentkezése régen történt.' },
    en: { title: 'A new sign-in is needed', text: 'For this, sign in again: your last sign-in was too long ago.' },
  },
  'too-many-attempts': {
    wayOn: 'home',
    sr: { title: 'Превише покушаја', text: 'Сачекајте минут, па покушајте поново.' },
    bg: { title: 'Твърде много опити', text: 'Изчакайте минута и опитайте отново.' },
    ro: { title: 'Prea multe încercări', text: 'Așteptați un minut și încercați din nou.' },
    hu: { title: 'Túl sok próbálkozás', text: 'Várjon egy percet, majd próbálja újra.' },
    en: { title: 'Too many attempts', text: 'Wait a minute and try again.' },
  },
  'neighbor-down': {
    wayOn: 'home',
    sr: { title: 'Служба за пријаву не одговара', text: 'Оно што сте започели остало је сачувано. Покушајте поново за неколико минута.' },
    bg: { title: 'Услугата за влизане не отговаря', text: 'Започнатото от вас е запазено. Опитайте отново след няколко минути.' },
    ro: { title: 'Serviciul de autentificare nu răspunde', text: 'Ce ați început s-a păstrat. Încercați din nou peste câteva minute.' },
    hu: { title: 'A bejelentkezési szolgáltatás nem válaszol', text: 'Amit elkezdett, megmaradt. Próbálja újra néhány perc múlva.' },
    en: { title: 'The sign-in service is not answering', text: 'What you had begun is kept. Try again in a few minutes.' },
  },
  unexpected: {
    wayOn: 'home',
    sr: { title: 'Ово је наша грешка', text: 'Покушајте поново. Ако се понови, јавите нам број испод.' },
    bg: { title: 'Грешката е наша', text: 'Опитайте отново. Ако се повтори, съобщете ни номера по-долу.' },
    ro: { title: 'Greșeala este a noastră', text: 'Încercați din nou. Dacă se repetă, comunicați-ne numărul de mai jos.' },
    hu: { title: 'Ez a mi hibánk', text: 'Próbálja újra. Ha megismétlődik, közölje velünk az alábbi számot.' },
    en: { title: 'This is our mistake', text: 'Try again. If it happens again, tell us the number below.' },
  },
}

const links: Readonly<Record<WayOn, Readonly<Record<FileLanguage, string>>>> = {
  home: { sr: 'Почетна страница', bg: 'Начална страница', ro: 'Prima pagină', hu: 'Kezdőlap', en: 'First page' },
  // Who is signed in at Keycloak as the wrong person would be sent back here for ever.
  leave: { sr: 'Одјави се', bg: 'Изход', ro: 'Deconectare', hu: 'Kijelentkezés', en: 'Sign out' },
  again: { sr: 'Пријави се', bg: 'Вход', ro: 'Autentificare', hu: 'Bejelentkezés', en: 'Sign in' },
}

/** A whole page for a failure that meets a person outside our own pages: what happened, what to do, and one link. */
export function errorPage(ctx: Asked, code: string): string {
  const language = readerLanguage(ctx, ctx.town)
  const { wayOn, ...byLanguage } = words[code] ?? words.unexpected!
  const { title, text } = inScript(byLanguage[fileOf(language)], language)
  const link = inScript({ link: links[wayOn][fileOf(language)] }, language).link
  const href = hrefOf(ctx, wayOn, language)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style nonce="${ctx.state.nonce}">
${styleOf(ctx.town?.color ?? '#1B6F7C')}
</style>
</head>
<body>
<main>
${ctx.town ? `<p class="town">${escapeHtml(townWords(ctx.town, language).name)}</p>` : ''}
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(href)}">${escapeHtml(link)}</a></p>
${tellsNumber.includes(code) ? `<p class="number">${ctx.requestId}</p>` : ''}
</main>
</body>
</html>
`
}

/** Where the sentence speaks of the number below. */
const tellsNumber: readonly string[] = ['sign-in-failed', 'unexpected']

// The page must stand when the built styles do not: a few lines of the same paper, ink and accent.
function styleOf(mark: string): string {
  const { light, dark } = townColor(mark)
  return `:root { --paper: #F6F4EF; --ink: #1B2228; --ink-2: #454D55; --accent: ${light['--accent']}; --on-accent: #fff; --focus: #1442A0; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12171B; --ink: #EDE9E1; --ink-2: #BFC3C6; --focus: #A9CBFF; }
  :root { --accent: ${dark['--accent']}; --on-accent: ${dark['--on-accent']}; }
}
body { margin: 0; border-block-start: 4px solid ${mark}; background: var(--paper); color: var(--ink); }
body { font: 1.125rem/1.5 "Source Sans 3", "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 34rem; margin-inline: auto; padding: 3rem 1.25rem; }
.town, .number { color: var(--ink-2); }
.number { font: 0.875rem ui-monospace, monospace; }
h1 { margin-block: 0.5rem 1rem; font-size: 1.875rem; line-height: 1.15; }
a { display: inline-flex; align-items: center; min-height: 3rem; padding-inline: 1.25rem; border-radius: 6px; }
a { background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }`
}

function hrefOf(ctx: Asked, wayOn: WayOn, language: Language): string {
  if (!ctx.town) return '/'
  const home = `/${ctx.town.id}/`
  if (wayOn === 'again') return `${home}sign-in`
  if (wayOn === 'leave') return ctx.neighbors.keycloak.signOutUrl(ctx.settings.PUBLIC_URL + home, language)
  return home
}

function fileOf(language: Language): FileLanguage {
  return language === 'sr-Latn' || language === 'sr-Cyrl' ? 'sr' : language
}

function inScript<Text extends object>(texts: Text, language: Language): Text {
  if (language !== 'sr-Latn') return texts
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, toLatin(String(text))])) as Text
}
