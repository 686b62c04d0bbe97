import type { IncomingMessage } from 'node:http'
import type { RouterContext } from '@koa/router'
import type Koa from 'koa'
import type { z } from 'zod'
import { refuse } from '../../base/errors.ts'
import type { Key } from '../key.ts'
import { KeyText } from './filters.ts'

/** A thousand keys in a condition fit in several times over. */
const MOST_BYTES = 128 * 1024

/** What a search was asked, as its contract has it. No body at all asks for everything. */
export async function readSearch<Shape>(ctx: Koa.Context, contract: z.ZodType<Shape>): Promise<Shape> {
  const text = await readText(ctx.req)
  if (text !== '' && !ctx.is('json')) refuse('invalid', 'media-type-not-read', {}, 'Expected a body of the type application/json')
  const sent = text === '' ? {} : parse(text)
  return understand(contract, isObject(sent) ? { filter: {}, ...sent } : sent)
}

/** The key in the path. */
export function readKey(ctx: RouterContext): Key {
  return understand(KeyText, ctx.params.key)
}

/** Refuses what is not of the form asked for, and says of each fault where it stands. */
export function understand<Shape>(contract: z.ZodType<Shape>, sent: unknown): Shape {
  const result = contract.safeParse(sent)
  if (result.success) return result.data
  const faults = result.error.issues.slice(0, 10).map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
  refuse('invalid', 'search-not-understood', {}, faults.join('; '))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    refuse('invalid', 'search-not-understood', {}, 'Expected a body in JSON, but it cannot be read')
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) refuse('invalid', 'request-too-large', {}, `Expected a body of at most ${MOST_BYTES} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
