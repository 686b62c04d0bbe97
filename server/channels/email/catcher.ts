/** The page that shows what the simulated relay was given. Loopback only, for the demo. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { catcherWords, readerOf, type CatcherWords } from './catcherWords.ts'
import type { CaughtMail, MailRelay } from './simulator.ts'

export interface MailCatcher {
  url: string
  close(): Promise<void>
}

/**
 * Starts the page: `/` all mails, `/mails/{id}` one, `/mails/{id}/{n}` an attachment, `/mails.json` for programs;
 * `POST /forget` empties it, `POST /down` and `POST /up` switch the relay.
 */
export async function startMailCatcher(relay: MailRelay, port: number): Promise<MailCatcher> {
  const server = createServer((request, response) => route(relay, request, response))
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address')
  return {
    url: `http://localhost:${address.port}`,
    close: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}

type Reply = { status?: number; type?: string; body: string | Buffer; headers?: Record<string, string> }

function route(relay: MailRelay, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const words = catcherWords[readerOf(request.headers['accept-language'] ?? '')]
  const send = ({ status = 200, type = 'text/html; charset=utf-8', body, headers = {} }: Reply): void => {
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    response.end(body)
  }
  if (request.method === 'POST') return void change(relay, request, url.pathname).then(send)
  send(show(relay, url.pathname, words))
}

async function change(relay: MailRelay, request: IncomingMessage, path: string): Promise<Reply> {
  // Another site's page must not press these buttons.
  const origin = request.headers.origin
  if (origin && new URL(origin).host !== request.headers.host) return { status: 403, body: '' }
  const actions: Record<string, () => unknown> = {
    '/forget': () => relay.forget(),
    '/down': () => relay.setDown(true),
    '/up': () => relay.setDown(false),
  }
  const action = actions[path]
  if (!action) return { status: 404, body: '' }
  await action()
  return { status: 303, body: '', headers: { location: '/' } }
}

function show(relay: MailRelay, path: string, words: CatcherWords): Reply {
  if (path === '/') return { body: page(words, words.title, list(relay, words)) }
  if (path === '/mails.json') return { type: 'application/json', body: JSON.stringify(relay.mails().map(plain)) }
  const [, id, index] = /^\/mails\/([\w-]+)(?:\/(\d+))?$/.exec(path) ?? []
  const mail = relay.mails().find((each) => each.id === id)
  if (!mail) return { status: 404, body: page(words, words.gone, `<p><a href="/">${words.back}</a></p>`) }
  if (index === undefined) return { body: page(words, mail.subject, letter(mail, words)) }
  const attachment = mail.attachments[Number(index)]
  if (!attachment) return { status: 404, body: page(words, words.gone, `<p><a href="/">${words.back}</a></p>`) }
  const name = encodeURIComponent(attachment.fileName)
  return { type: attachment.mediaType, body: attachment.bytes, headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
}

function plain({ attachments, ...mail }: CaughtMail): unknown {
  return { ...mail, attachments: attachments.map(({ fileName, mediaType, bytes }) => ({ fileName, mediaType, size: bytes.length })) }
}

function list(relay: MailRelay, words: CatcherWords): string {
  const mails = relay.mails()
  const rows = mails.map((mail) => `<tr>
    <td><time datetime="${mail.receivedAt}">${time(mail)}</time></td>
    <td>${text(mail.to.join(', '))}</td>
    <td><a href="/mails/${mail.id}"${mail.language ? ` lang="${text(mail.language)}"` : ''}>${text(mail.subject || words.noSubject)}</a>${mail.attachments.length ? ` · ${mail.attachments.length}` : ''}</td>
  </tr>`)
  const table = `<table><thead><tr><th scope="col">${words.when}</th><th scope="col">${words.to}</th><th scope="col">${words.subject}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  return `<p>${words.about}</p>
    ${relay.isDown() ? `<p class="late" role="status">${words.isDown}</p>` : ''}
    <div class="row">
      <form method="post" action="${relay.isDown() ? '/up' : '/down'}"><button>${relay.isDown() ? words.switchOn : words.switchOff}</button></form>
      <form method="post" action="/forget"><button>${words.forget}</button></form>
    </div>
    ${mails.length ? table : `<p><strong>${words.empty}</strong></p>`}`
}

function letter(mail: CaughtMail, words: CatcherWords): string {
  const attachments = mail.attachments.map(({ fileName, bytes }, index) =>
    `<li><a href="/mails/${mail.id}/${index}">${text(fileName)}</a> (${Math.ceil(bytes.length / 1024)} KB)</li>`)
  return `<p><a href="/">${words.back}</a></p>
    <dl><dt>${words.from}</dt><dd>${text(mail.from)}</dd><dt>${words.to}</dt><dd>${text(mail.to.join(', '))}</dd>
    <dt>${words.when}</dt><dd><time datetime="${mail.receivedAt}">${time(mail)}</time></dd></dl>
    <pre${mail.language ? ` lang="${text(mail.language)}"` : ''}>${linked(text(mail.text))}</pre>
    ${attachments.length ? `<h2>${words.attachments}</h2><ul>${attachments.join('')}</ul>` : ''}`
}

function time({ receivedAt }: CaughtMail): string {
  return new Date(receivedAt).toLocaleString('sv-SE')
}

function text(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Links of a letter can be clicked, as in any mail program. */
function linked(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<]+[^\s<.,;:)]/g, (url) => `<a href="${url}">${url}</a>`)
}

function page(words: CatcherWords, title: string, body: string): string {
  return `<!DOCTYPE html><html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${text(title)}</title><style>${style}</style></head><body><main><h1>${text(title)}</h1>${body}</main></body></html>`
}

const style = `
:root { --paper: #F6F4EF; --surface: #fff; --ink: #1B2228; --ink-2: #454D55; --line: #DED9CF; --line-2: #7E786D; --link: #0E5764; --late: #A1241B; --focus: #1442A0 }
@media (prefers-color-scheme: dark) { :root { --paper: #12171B; --surface: #1A2025; --ink: #EDE9E1; --ink-2: #BFC3C6; --line: #2F373E; --line-2: #7C868E; --link: #8CC8D2; --late: #F2A79E; --focus: #A9C7FF } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", Arial, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.875rem; line-height: 1.2 } h2 { font-size: 1.25rem } a { color: var(--link) }
table { width: 100%; border-collapse: collapse; background: var(--surface) } th, td { padding: .6rem .75rem; text-align: start; vertical-align: top; border-block-end: 1px solid var(--line); overflow-wrap: anywhere }
th { color: var(--ink-2); font-weight: 600 } dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dt { color: var(--ink-2) } dd { margin: 0; overflow-wrap: anywhere }
pre { padding: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin-block: 1rem } .late { color: var(--late); font-weight: 600 }
button { min-height: 2.75rem; padding-inline: 1rem; border: 1px solid var(--line-2); border-radius: 6px; background: var(--surface); color: var(--link); font: inherit; cursor: pointer }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }`
