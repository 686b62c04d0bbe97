import { Outage, Refusal } from '../../base/errors.ts'
import type { Channel, OutgoingMessage } from '../channel.ts'

export interface SmsSettings {
  /** Where the gateway takes one message: POST. */
  url: string
  /** The whole header `Authorization`: "Bearer …", "App …", "Basic …". */
  authorization: string
  /** What people see instead of a number: at most 11 letters and digits, or a number. */
  sender: string
  /** What is sent, JSON or form, with gaps: {id} {from} {to} {digits} {text} {report}. */
  template?: string | undefined
  /** How long a silent gateway is waited for. */
  silenceMs?: number | undefined
}

/** Of our simulator, and of any gateway that takes plain JSON. */
export const usualTemplate = '{"id":"{id}","from":"{from}","to":"{to}","text":"{text}","report":"{report}"}'
const usualSilenceMs = 10_000

/**
 * SMS through a gateway that speaks HTTP. Our id goes along as Idempotency-Key, so that a message sent twice reaches the telephone once.
 * Throws an Outage when the gateway is silent, busy or does not know us; Refusal 'recipient-refused' when it says that this message
 * will never go (another 4xx).
 */
export function liveSms({ url, authorization, sender, template = usualTemplate, silenceMs = usualSilenceMs }: SmsSettings): Channel {
  const isJson = /^\s*\{\s*"/.test(template)
  const ask = async (init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(silenceMs), ...init })
    } catch (error) {
      // The cause may tell the address with its key in it, so only the kind of failure is kept.
      throw new Outage('sms', new Error(`Expected the gateway to answer, but: ${error instanceof Error ? error.name : 'no answer'}`))
    }
  }

  return {
    name: 'sms',
    async send(message) {
      const reply = await ask({
        method: 'POST',
        headers: {
          authorization,
          accept: 'application/json',
          'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
          'idempotency-key': message.id,
        },
        body: fill(template, isJson, gapsOf(message, sender)),
      })
      const text = await reply.text().catch(() => '')
      if (!reply.ok) throw understand(reply.status)
      return { externalId: idIn(text) ?? message.id }
    },
    async check() {
      // Not sent to anybody: a gateway that is there answers something, if only that it expected a POST.
      const reply = await ask({ method: 'GET', headers: { authorization } })
      await reply.body?.cancel()
      if (reply.status >= 500 || reply.status === 401 || reply.status === 403) throw understand(reply.status)
    },
  }
}

function gapsOf({ id, to, text, reportTo }: OutgoingMessage, sender: string): Readonly<Record<string, string>> {
  return { id, from: sender, to, digits: to.replace(/^\+/, ''), text, report: reportTo ?? '' }
}

function fill(template: string, isJson: boolean, gaps: Readonly<Record<string, string>>): string {
  const escape = isJson ? (value: string) => JSON.stringify(value).slice(1, -1) : encodeURIComponent
  return template.replace(/\{(\w+)\}/g, (gap, name: string) => (name in gaps ? escape(gaps[name]!) : gap))
}

/** Whether it may go later. The gateway's words may name the person, so they are left out. */
function understand(status: number): Error {
  // 401 and 403 are about our key, 409 about a twin under way; 408, 425 and 429 say "later" themselves (RFC 9110, 8470, 6585).
  const isLater = status >= 500 || [401, 403, 408, 409, 425, 429].includes(status)
  if (isLater) return new Outage('sms', new Error(`Expected the gateway to take a message, but: ${status}`))
  return new Refusal('invalid', 'recipient-refused', { responseCode: status })
}

function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown }
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
  } catch {
    // A gateway that answers in plain words has taken the message all the same.
    return undefined
  }
}
