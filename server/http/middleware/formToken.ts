import { randomBytes } from 'node:crypto'
import { refuse } from '../../base/errors.ts'
import { isSame, sha256 } from '../../identity/keys.ts'
import { cookieNames, setCookie } from '../cookies.ts'
import type { Asked, Step } from '../web.ts'

export const formTokenHeader = 'x-salter-token'
const visitMs = 400 * 24 * 60 * 60 * 1000

/**
 * Every request that changes something must come from our own page: it carries a token that only a page of ours can have
 * read, bound to the session or, before a login, to the visitor's browser.
 */
export const formToken: Step = async (ctx, next) => {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
    const site = ctx.get('sec-fetch-site')
    const bearer = bearerOf(ctx)
    const isOurs = bearer !== undefined && isSame(sha256(ctx.get(formTokenHeader)), sha256(tokenFor(ctx, bearer)))
    if (!isOurs || (site !== '' && site !== 'same-origin' && site !== 'none')) refuse('not-allowed', 'form-token-wrong')
  }
  await next()
}

/** The token for whoever asks; a browser that is new here gets a visitor's cookie first. */
export function formTokenOf(ctx: Asked): string {
  const kept = bearerOf(ctx)
  if (kept) return tokenFor(ctx, kept)
  const visit = randomBytes(16).toString('base64url')
  setCookie(ctx, cookieNames.visit, visit, { maxAgeMs: visitMs })
  return tokenFor(ctx, visit)
}

function bearerOf(ctx: Asked): string | undefined {
  return ctx.cookies.get(cookieNames.login(ctx.town.id)) ?? ctx.cookies.get(cookieNames.visit)
}

function tokenFor(ctx: Asked, bearer: string): string {
  return ctx.neighbors.keys.sign(`form token\0${ctx.town.id}\0${bearer}`)
}
