/**
 * Calls from outside systems to our hooks. Each carries a header that proves who made it and when: `t=<milliseconds>,v1=<hex>`,
 * where v1 is the HMAC-SHA256 of `<milliseconds>.<path>.<body>` under a secret both know. The path is signed because all towns may share
 * one secret: a call recorded on its way to one is worth nothing at another.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** The header, in small letters. */
export const callSignature = 'x-salter-signature'

/** A call is good for so long: clocks differ by seconds, a recorded call comes later than that. */
export const callLifeMs = 5 * 60_000

/** What is signed: the path it is sent to, `/hooks/…`, and the body. */
export interface Call {
  path: string
  body: string
}

/** The header's value for a call made at `atMs`. */
export function signCall(secret: string, call: Call, atMs: number): string {
  return `t=${atMs},v1=${hashOf(secret, call, atMs)}`
}

/** Whether the call was made by whoever knows the secret, about now. */
export function isSignedCall(secret: string, header: string, call: Call, nowMs: number): boolean {
  const [, at, hash] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (!at || !hash || Math.abs(nowMs - Number(at)) > callLifeMs) return false
  return timingSafeEqual(Buffer.from(hash), Buffer.from(hashOf(secret, call, Number(at))))
}

function hashOf(secret: string, { path, body }: Call, atMs: number): string {
  return createHmac('sha256', secret).update(`${atMs}.${path}.${body}`).digest('hex')
}
