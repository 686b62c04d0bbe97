import helmet from 'helmet'
import { randomBytes } from 'node:crypto'
import type { Step } from '../web.ts'

/**
 * What a browser may do with our pages: our own scripts and styles, nothing inline but the one style with the town's
 * colors, which carries `ctx.state.nonce`. Nobody else may frame us.
 */
export function securityHeaders(publicUrl: string): Step {
  const isHttps = publicUrl.startsWith('https:')
  return async (ctx, next) => {
    const nonce = randomBytes(16).toString('base64')
    ctx.state.nonce = nonce
    const setHeaders = helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: [`'none'`],
          scriptSrc: [`'self'`],
          styleSrc: [`'self'`, `'nonce-${nonce}'`],
          imgSrc: [`'self'`, 'data:', 'blob:'],
          fontSrc: [`'self'`],
          connectSrc: [`'self'`],
          workerSrc: [`'self'`],
          manifestSrc: [`'self'`],
          frameSrc: [`'self'`],
          formAction: [`'self'`],
          baseUri: [`'none'`],
          frameAncestors: [`'self'`],
          ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      strictTransportSecurity: isHttps && { maxAge: 365 * 24 * 60 * 60 },
      xFrameOptions: { action: 'sameorigin' },
      // The status form must not hand a case's address to other sites; our own pages may know it.
      referrerPolicy: { policy: 'same-origin' },
    })
    await new Promise<void>((resolve, reject) => {
      setHeaders(ctx.req, ctx.res, (error?: unknown) => (error ? reject(error as Error) : resolve()))
    })
    ctx.set('permissions-policy', 'camera=(self), geolocation=(self), microphone=(self)')
    await next()
  }
}
