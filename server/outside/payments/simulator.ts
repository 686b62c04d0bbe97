/**
 * A bank that moves no money: a page on which a slip is "paid", exactly or not, and a notification to our hook as a bank sends it for
 * every transfer, signed. What arrives twice, too late, too little or too much is chosen on the page.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { v7 as uuidv7 } from 'uuid'
import { systemClock, type Clock } from '../../base/clock.ts'
import { isFromElsewhere, pageHeaders, serveOnLoopback } from '../../base/loopbackServer.ts'
import { readerOf } from '../../base/readerOf.ts'
import { callSignature, signCall } from '../../base/signedCall.ts'
import { page, text } from '../../base/simulatorPage.ts'
import { bankWords, type BankWords } from './bankWords.ts'

/** How a slip is paid. */
export const ways = ['exact', 'short', 'over', 'double', 'late', 'twice-told'] as const
export type Way = (typeof ways)[number]

export interface Slip {
  tenant: string
  reference: string
  amountMinor: number
  currency: string
}

export interface Bank {
  url: string
  /** Pays and tells; answers the status of each notification, 0 where nobody answered. */
  pay(slip: Slip, way?: Way): Promise<number[]>
  close(): Promise<void>
}

export interface BankOptions {
  /** 0 takes a free one. */
  port: number
  /** Of our server: notifications go to `{hooks}/hooks/{tenant}/payments`. */
  hooks: string
  hookSecret: string
  clock?: Clock
}

const dayMs = 24 * 3_600_000
/** Later than any term to pay. */
const lateMs = 20 * dayMs

/** Starts it on loopback. */
export async function startBank({ port, hooks, hookSecret, clock = systemClock }: BankOptions): Promise<Bank> {
  const told: { at: string; slip: Slip; status: number }[] = []

  const tell = async (slip: Slip, transaction: string, amountMinor: number, paidMs: number): Promise<number> => {
    const body = JSON.stringify({
      transaction, reference: slip.reference, amountMinor, currency: slip.currency, paidAt: new Date(paidMs).toISOString(),
    })
    const hook = new URL(`${hooks}/hooks/${encodeURIComponent(slip.tenant)}/payments`)
    const status = await fetch(hook, {
      method: 'POST', body,
      headers: { 'content-type': 'application/json', [callSignature]: signCall(hookSecret, { path: hook.pathname, body }, clock.now()) },
      signal: AbortSignal.timeout(10_000),
    }).then((reply) => reply.status, () => 0)
    told.unshift({ at: new Date(clock.now()).toISOString(), slip: { ...slip, amountMinor }, status })
    told.splice(100)
    return status
  }

  const pay = async (slip: Slip, way: Way = 'exact'): Promise<number[]> => {
    const { amountMinor } = slip
    const [one, other] = [uuidv7(), uuidv7()]
    const now = clock.now()
    if (way === 'short') return [await tell(slip, one, Math.max(1, Math.floor(amountMinor / 2)), now)]
    if (way === 'over') return [await tell(slip, one, amountMinor + Math.ceil(amountMinor / 10), now)]
    if (way === 'late') return [await tell(slip, one, amountMinor, now + lateMs)]
    if (way === 'double') return [await tell(slip, one, amountMinor, now), await tell(slip, other, amountMinor, now)]
    if (way === 'twice-told') return [await tell(slip, one, amountMinor, now), await tell(slip, one, amountMinor, now)]
    return [await tell(slip, one, amountMinor, now)]
  }

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const words = bankWords[readerOf(request.headers['accept-language'] ?? '')]
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://bank')
    if (request.method === 'POST' && pathname === '/pay') {
      // Another site's page must not pay.
      if (isFromElsewhere(request)) return void response.writeHead(403).end()
      const form = new URLSearchParams(await bodyOf(request))
      const slip = slipIn(form)
      if (!slip) return void response.writeHead(400).end()
      await pay(slip, ways.find((way) => way === form.get('way')))
      return void response.writeHead(303, { location: '/' }).end()
    }
    const isPage = request.method === 'GET' && pathname === '/'
    response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders })
    response.end(isPage ? page(words, words.title, body(words, searchParams, told)) : '')
  }
  return { ...(await serveOnLoopback(port, route)), pay }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > 4096) throw new Error('Expected a form of a few lines')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function slipIn(form: URLSearchParams): Slip | undefined {
  const amountMinor = Math.round(Number((form.get('amount') ?? '').replace(',', '.')) * 100)
  const [tenant = '', reference = '', currency = ''] = ['tenant', 'reference', 'currency'].map((name) => (form.get(name) ?? '').trim())
  const isWhole = amountMinor > 0 && amountMinor < 1e9 && tenant !== '' && reference !== '' && /^[A-Z]{3}$/.test(currency)
  return isWhole ? { tenant, reference, amountMinor, currency } : undefined
}

function body(words: BankWords, given: URLSearchParams, told: readonly { at: string; slip: Slip; status: number }[]): string {
  const field = (name: string, label: string): string =>
    `<p><label for="${name}">${label}</label><br><input id="${name}" name="${name}" value="${text(given.get(name) ?? '')}" required></p>`
  const rows = told.map(({ at, slip: { tenant, reference, amountMinor, currency }, status }) => {
    const taken = status === 204 ? `<b>${words.taken}</b>` : `<b class="late">${words.notTaken}</b>`
    const sum = `${(amountMinor / 100).toFixed(2)} ${text(currency)}`
    return `<li><div class="head"><b>${text(reference)}</b>${taken}</div>
      <small>${text(tenant)} · ${sum} · ${new Date(at).toLocaleString('sv-SE')}</small></li>`
  })
  return `<p>${words.about}</p>
    <form method="post" action="/pay">
      ${field('tenant', words.tenant)}${field('reference', words.reference)}${field('amount', words.amount)}${field('currency', words.currency)}
      <p><label for="way">${words.way}</label><br><select id="way" name="way">
        ${ways.map((way) => `<option value="${way}">${words.ways[way]}</option>`).join('')}</select></p>
      <p><button>${words.pay}</button></p>
    </form>
    <h2>${words.told}</h2>
    ${rows.length ? `<ol class="sms">${rows.join('')}</ol>` : `<p>${words.none}</p>`}`
}
