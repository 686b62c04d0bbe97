import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface TokenIssuer {
  /** Its address, as tokens name it. */
  issuer: string
  tokenUrl: string
  /** A token signed with the published key; `claims` take the place of what a good one has. */
  token(claims?: Record<string, unknown>): Promise<string>
  /** The same, signed with a key that nobody has published. */
  forged(): Promise<string>
  /** How many tokens it has given out over HTTP. */
  given(): number
  close(): Promise<void>
}

/** An OpenID Connect provider over HTTP, its addresses as Keycloak's: description, keys, and a token by client credentials for whoever asks. */
export async function startTokenIssuer(audience: string): Promise<TokenIssuer> {
  const published = await generateKeyPair('ES256')
  const unknown = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(published.publicKey)), kid: 'published', alg: 'ES256', use: 'sig' }]
  let given = 0
  const server = createServer((request, response) => void answer(request.url ?? '', response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/test`
  const endpoints = `${issuer}/protocol/openid-connect`

  const sign = (key: CryptoKey, claims: Record<string, unknown> = {}): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ iss: issuer, aud: audience, exp: now + 60, iat: now, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'published' })
      .sign(key)
  }
  const token = (claims?: Record<string, unknown>): Promise<string> => sign(published.privateKey, claims)
  const answers: Record<string, () => Promise<object> | object> = {
    '/realms/test/.well-known/openid-configuration': () => ({ issuer, jwks_uri: `${endpoints}/certs` }),
    '/realms/test/protocol/openid-connect/certs': () => ({ keys }),
    '/realms/test/protocol/openid-connect/token': async () => {
      given++
      return { access_token: await token(), expires_in: 60, token_type: 'Bearer' }
    },
  }

  async function answer(path: string, response: ServerResponse): Promise<void> {
    const found = await answers[path]?.()
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
  }

  return {
    issuer,
    tokenUrl: `${endpoints}/token`,
    token,
    given: () => given,
    forged: () => sign(unknown.privateKey),
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
