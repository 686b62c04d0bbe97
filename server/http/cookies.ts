import type { Asked } from './web.ts'

/** The names of our cookies. Each town has its own, so that one browser may be signed in at several. */
export const cookieNames = {
  /** Opens the login session. */
  login: (tenantId: string) => `salter_${tenantId}`,
  /** Opens the session of one case, by number and code. */
  code: (tenantId: string) => `salter_code_${tenantId}`,
  /** Opens an anonymous visitor's drafts. */
  draft: (tenantId: string) => `salter_draft_${tenantId}`,
  /** Tells one visitor's browser from another, for the form token. Says nothing about who it is. */
  visit: 'salter_visit',
  /** What is kept while the browser is at Keycloak, sealed. One per attempt, so that two tabs do not disturb each other. */
  signIn: (state: string) => `salter_sign_in_${state.slice(0, 12)}`,
  /** The language chosen on the page; the page itself sets it. */
  language: 'salter_lang',
} as const

interface CookieLife {
  /** Without it, the cookie goes with the browser window. */
  maxAgeMs?: number
  path?: string
}

/** Sets a cookie that scripts cannot read. */
export function setCookie(ctx: Asked, name: string, value: string, { maxAgeMs, path = '/' }: CookieLife = {}): void {
  ctx.cookies.secure = ctx.settings.PUBLIC_URL.startsWith('https:')
  ctx.cookies.set(name, value, { httpOnly: true, sameSite: 'lax', path, overwrite: true, ...(maxAgeMs && { maxAge: maxAgeMs }) })
}

/** Takes a cookie away. */
export function clearCookie(ctx: Asked, name: string, path = '/'): void {
  ctx.cookies.secure = ctx.settings.PUBLIC_URL.startsWith('https:')
  ctx.cookies.set(name, null, { httpOnly: true, sameSite: 'lax', path, overwrite: true })
}
