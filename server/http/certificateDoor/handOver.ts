/**
 * The door's own request to Keycloak, with the checked certificate in the one header that Keycloak believes. Nothing of the
 * visitor's request is copied but the address that was read, and Keycloak's cookies.
 */
import { Outage } from '../../base/errors.ts'

export interface HandOver {
  /** Where the browser goes next. */
  location: string
  /** As Keycloak sets them, for the browser. */
  setCookies: readonly string[]
}

export interface KeycloakLeg {
  /** Keycloak as this server reaches it, without a slash at the end. */
  keycloakUrl: string
  realm: string
  /** The secret name of the header. */
  header: string
  /** Where people reach the product: the only other place to which a login may lead. */
  publicUrl: string
}

const timeOutMs = 10_000
/** From "begin anew" to the login itself, and on to where it was asked for. */
const mostHops = 3

/** Takes `path` (with its query) to Keycloak. Undefined when Keycloak does not let the person in; an Outage when it is silent. */
export async function handOver(
  { keycloakUrl, realm, header, publicUrl }: KeycloakLeg, path: string, cookies: ReadonlyMap<string, string>, certificate: Buffer,
): Promise<HandOver | undefined> {
  const realmUrl = `${keycloakUrl}/realms/${encodeURIComponent(realm)}`
  const jar = new Map(cookies)
  const setCookies: string[] = []
  let url = `${keycloakUrl}${path}`
  for (let hop = 0; hop < mostHops; hop++) {
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: {
        [header]: certificate.toString('base64'),
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      signal: AbortSignal.timeout(timeOutMs),
    }).catch((cause: unknown) => {
      throw new Outage('keycloak', cause)
    })
    await reply.arrayBuffer()
    if (reply.status >= 500) throw new Outage('keycloak', new Error(`The login answered ${reply.status}`))
    for (const line of reply.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = reply.headers.get('location')
    if (reply.status < 300 || reply.status > 399 || !location) return undefined
    if (location.startsWith(`${realmUrl}/login-actions/authenticate?`)) {
      url = location
      continue
    }
    // Keycloak has checked the address itself; the door does not lead elsewhere, whatever it is told.
    const isOurs = [`${publicUrl}/`, `${realmUrl}/`].some((place) => location.startsWith(place))
    if (!isOurs) throw new Error('Expected the login to lead back to the product or to Keycloak, but it leads elsewhere')
    return { location, setCookies }
  }
  return undefined
}

/** Keycloak's own cookies of a request, and no others. */
export function keycloakCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at > 0 && /^(AUTH_SESSION_ID|KC_[A-Z_]+|KEYCLOAK_[A-Z_]+)$/.test(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}

/** Whom Keycloak's cookie says to be signed in, unchecked: good enough to choose between two sentences, and for nothing else. */
export function signedInSubject(cookies: ReadonlyMap<string, string>): string | undefined {
  const [, payload = ''] = (cookies.get('KEYCLOAK_IDENTITY') ?? '').split('.')
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub?: unknown }
    return typeof sub === 'string' ? sub : undefined
  } catch {
    // No cookie, or none of Keycloak's.
    return undefined
  }
}
