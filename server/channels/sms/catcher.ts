/** The simulated gateway's door: where messages are posted, and the page that shows them. Loopback only, for the demo. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFromElsewhere, pageHeaders, serveOnLoopback, type LoopbackServer } from '../../base/loopbackServer.ts'
import { page, text } from '../../base/simulatorPage.ts'
import { readerOf } from '../../base/readerOf.ts'
import { catcherWords, type SmsCatcherWords } from './catcherWords.ts'
import { misbehavior, type CaughtSms, type SmsGateway } from './simulator.ts'

/** A message of ten parts is 700 letters; what is longer is no message. */
const mostBytes = 64 * 1024

/**
 * Starts it at `url`: `POST /messages` takes one; `/` shows all, `/messages.json` for programs; `POST /forget` empties it,
 * `POST /down` and `POST /up` switch the gateway.
 */
export async function startSmsCatcher(gateway: SmsGateway, port: number): Promise<LoopbackServer> {
  const { url, close } = await serveOnLoopback(port, (request, response) => route(gateway, request, response))
  return {
    url,
    close() {
      gateway.close()
      return close()
    },
  }
}

async function route(gateway: SmsGateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0]!
  const send = (status: number, type: string, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, {
      'content-type': type,
      ...pageHeaders,
      ...headers,
    })
    response.end(body)
  }
  if (request.method === 'POST' && path === '/messages') return take(gateway, request, send)
  if (request.method === 'POST') return change(gateway, request, path, send)
  if (path === '/messages.json') return send(200, 'application/json', JSON.stringify(gateway.messages()))
  if (path !== '/') return send(404, 'application/json', '{"error":"not-found"}')
  const words = catcherWords[readerOf(request.headers['accept-language'] ?? '')]
  send(200, 'text/html; charset=utf-8', page(words, words.title, list(gateway, words)))
}

type Send = (status: number, type: string, body: string, headers?: Record<string, string>) => void

async function take(gateway: SmsGateway, request: IncomingMessage, send: Send): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) return send(413, 'application/json', '{"error":"too-large"}')
    chunks.push(chunk)
  }
  const answer = gateway.take({
    authorization: request.headers.authorization ?? '',
    key: String(request.headers['idempotency-key'] ?? ''),
    body: Buffer.concat(chunks).toString('utf8'),
  })
  // Silent: the connection stays open until whoever asked has had enough.
  if (answer) send(answer.status, 'application/json', JSON.stringify(answer.body))
}

function change(gateway: SmsGateway, request: IncomingMessage, path: string, send: Send): void {
  // Another site's page must not press these buttons.
  if (isFromElsewhere(request)) return send(403, 'text/plain', '')
  const actions: Record<string, () => void> = {
    '/forget': () => gateway.forget(),
    '/down': () => gateway.setDown(true),
    '/up': () => gateway.setDown(false),
  }
  const action = actions[path]
  if (!action) return send(404, 'text/plain', '')
  action()
  send(303, 'text/plain', '', { location: '/' })
}

function list(gateway: SmsGateway, words: SmsCatcherWords): string {
  const messages = gateway.messages()
  const [turn, name] = gateway.isDown() ? ['/up', words.switchOn] : ['/down', words.switchOff]
  const numbers = Object.entries(misbehavior).map(([end, how]) => `<dt>…${end}</dt><dd>${words.misbehavior[how]}</dd>`)
  return `<p>${words.about}</p>
    ${gateway.isDown() ? `<p class="late" role="status">${words.isDown}</p>` : ''}
    <div class="row">
      <form method="post" action="${turn}"><button>${name}</button></form>
      <form method="post" action="/forget"><button>${words.forget}</button></form>
    </div>
    ${messages.length ? `<ol class="sms">${messages.map((sms) => item(sms, words)).join('')}</ol>` : `<p><strong>${words.empty}</strong></p>`}
    <h2>${words.failing}</h2><p>${words.failingThen}</p><dl>${numbers.join('')}</dl>`
}

function item({ receivedAt, from, to, text: body, parts, encoding, state }: CaughtSms, words: SmsCatcherWords): string {
  const letters = encoding === 'gsm-7' ? 'GSM-7' : 'UCS-2'
  return `<li>
    <div class="head"><b>${text(to)}</b><b class="${state === 'failed' ? 'late' : ''}">${words.states[state]}</b></div>
    <p>${linked(text(body))}</p>
    <small>${words.from} ${text(from)} · <time datetime="${receivedAt}">${new Date(receivedAt).toLocaleString('sv-SE')}</time>
    · ${words.parts.replace('{n}', String(parts))} · ${letters}</small>
  </li>`
}

/** Links can be opened, as on any telephone. */
function linked(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<]+[^\s<.,;:)]/g, (url) => `<a href="${url}">${url}</a>`)
}
