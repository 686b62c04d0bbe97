/** The page that shows what the simulated relay was given. Loopback only, for the demo. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFromElsewhere, pageHeaders, serveOnLoopback, type LoopbackServer } from '../../base/loopbackServer.ts'
import { page, text } from '../../base/simulatorPage.ts'
import { readerOf } from '../../base/readerOf.ts'
import { catcherWords, type CatcherWords } from './catcherWords.ts'
import type { CaughtMail, MailRelay } from './simulator.ts'

/**
 * Starts the page: `/` all mails, `/mails/{id}` one, `/mails/{id}/{n}` an attachment, `/mails.json` for programs;
 * `POST /forget` empties it, `POST /down` and `POST /up` switch the relay.
 */
export function startMailCatcher(relay: MailRelay, port: number): Promise<LoopbackServer> {
  return serveOnLoopback(port, (request, response) => route(relay, request, response))
}

type Reply = { status?: number; type?: string; body: string | Buffer; headers?: Record<string, string> }

function route(relay: MailRelay, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0]!
  const words = catcherWords[readerOf(request.headers['accept-language'] ?? '')]
  const send = ({ status = 200, type = 'text/html; charset=utf-8', body, headers = {} }: Reply): void => {
    response.writeHead(status, {
      'content-type': type,
      ...pageHeaders,
      ...headers,
    })
    response.end(body)
  }
  if (request.method === 'POST') return void change(relay, request, path).then(send)
  send(show(relay, path, words))
}

async function change(relay: MailRelay, request: IncomingMessage, path: string): Promise<Reply> {
  // Another site's page must not press these buttons.
  if (isFromElsewhere(request)) return { status: 403, body: '' }
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
    <td><a href="/mails/${mail.id}"${spoken(mail)}>${text(mail.subject || words.noSubject)}</a>
    ${mail.attachments.length ? `· ${mail.attachments.length}` : ''}</td>
  </tr>`)
  const heads = [words.when, words.to, words.subject].map((head) => `<th scope="col">${head}</th>`)
  const table = `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  const [turn, name] = relay.isDown() ? ['/up', words.switchOn] : ['/down', words.switchOff]
  return `<p>${words.about}</p>
    ${relay.isDown() ? `<p class="late" role="status">${words.isDown}</p>` : ''}
    <div class="row">
      <form method="post" action="${turn}"><button>${name}</button></form>
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
    <pre${spoken(mail)}>${linked(text(mail.text))}</pre>
    ${attachments.length ? `<h2>${words.attachments}</h2><ul>${attachments.join('')}</ul>` : ''}`
}

/** The language of the letter's own words, for screen readers. */
function spoken({ language }: CaughtMail): string {
  return language ? ` lang="${text(language)}"` : ''
}

function time({ receivedAt }: CaughtMail): string {
  return new Date(receivedAt).toLocaleString('sv-SE')
}

/** Links of a letter can be clicked, as in any mail program. */
function linked(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<]+[^\s<.,;:)]/g, (url) => `<a href="${url}">${url}</a>`)
}
