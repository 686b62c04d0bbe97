import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { refuse } from '../../base/errors.ts'
import type { Asked, Step } from '../web.ts'

/** A petition's text and a long form fit in many times over. */
const maxBodyBytes = 256 * 1024

/**
 * Reads what was sent (path, query and JSON body together), checks it against the contract and hands it to the route.
 * A name in the path wins over the same name elsewhere. What the contract does not name is dropped.
 */
export function read<Shape>(schema: z.ZodType<Shape>, route: (ctx: Asked, input: Shape) => unknown): Step {
  return async (ctx) => {
    const body = hasBody(ctx) ? await readJson(ctx.req) : {}
    return route(ctx, understand(schema, { ...ctx.query, ...body, ...ctx.params }))
  }
}

// Forms nest a few levels; what is deeper is made to exhaust whoever walks through it.
const deepest = 40

/** What was sent, as the contract has it; refuses what is not of that form, with the fields that are not. */
export function understand<Shape>(schema: z.ZodType<Shape>, sent: unknown): Shape {
  if (!canBeKept(sent)) refuse('invalid', 'request-not-understood', { expected: 'text without NUL and broken pairs, not too deep' })
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => issue.path.join('.'))
  refuse('invalid', 'request-not-understood', { fields: [...new Set(fields)].slice(0, 20) })
}

/** PostgreSQL keeps neither the sign NUL nor half of a surrogate pair, in whatever column: both are refused at the door. */
function canBeKept(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\0') && !/\p{Surrogate}/u.test(value)
  if (typeof value !== 'object' || value === null) return true
  return depth < deepest && Object.entries(value).every(([key, each]) => canBeKept(key) && canBeKept(each, depth + 1))
}

function hasBody(ctx: Asked): boolean {
  if (ctx.method === 'GET' || ctx.method === 'HEAD' || ctx.method === 'DELETE') return false
  const length = ctx.get('content-length')
  if (length === '0' || (length === '' && ctx.get('transfer-encoding') === '')) return false
  if (!ctx.is('application/json')) refuse('invalid', 'request-not-understood', { expected: 'application/json' })
  return true
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = (await readBytes(request, maxBodyBytes)).toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    refuse('invalid', 'request-not-understood', { expected: 'application/json' })
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject) refuse('invalid', 'request-not-understood', { expected: 'an object' })
  return value as Record<string, unknown>
}

/** The body's bytes; refuses as soon as there are more than `max`, without keeping them. */
export async function readBytes(request: IncomingMessage, max: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > max) refuse('invalid', 'request-too-large', { maxBytes: max })
    parts.push(part)
  }
  return Buffer.concat(parts)
}
