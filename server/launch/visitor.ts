/**
 * A visitor over plain HTTP: keeps cookies, follows redirects and fills in Keycloak's login form as a browser would.
 * For the smoke run and for tests; pages with scripts are for a real browser.
 */
export interface Page {
  url: string
  status: number
  text: string
}

export class Visitor {
  // By host and name: ports share cookies (RFC 6265, 8.5), and all parts live on one host here.
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>()
  readonly #ask: (url: URL, init: RequestInit) => Promise<Response>

  /** `ask` makes the requests, for who must show a certificate with them. */
  constructor(ask: (url: URL, init: RequestInit) => Promise<Response> = fetch) {
    this.#ask = ask
  }

  /** One request with this visitor's cookies; redirects are not followed. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const address = new URL(url)
    const headers = new Headers(init.headers)
    const cookie = this.#cookieFor(address)
    if (cookie) headers.set('cookie', cookie)
    const reply = await this.#ask(address, { ...init, headers, redirect: 'manual' })
    for (const line of reply.headers.getSetCookie()) this.#keep(address, line)
    return reply
  }

  /** Opens a page, following redirects to the end. */
  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let here = url
    let next: RequestInit = init
    for (let hops = 0; hops < 15; hops++) {
      const reply = await this.fetch(here, next)
      const location = reply.headers.get('location')
      if (reply.status < 300 || reply.status > 399 || !location) return { url: here, status: reply.status, text: await reply.text() }
      await reply.arrayBuffer()
      here = new URL(location, here).href
      next = {}
    }
    throw new Error(`Expected ${url} to end somewhere, but it redirected 15 times`)
  }

  /** Opens a page that leads to Keycloak's login, fills it in, and answers the page to which Keycloak sends back. */
  async signIn(url: string, username: string, password: string): Promise<Page> {
    const form = await this.#loginForm(url)
    const after = await this.open(form, sent(username, password))
    if (formAction(after.text)) {
      throw new Error(
        `Expected ${username} to be let in, but the login form came back: ${plainText(after.text).slice(0, 300)}`,
      )
    }
    return after
  }

  /** Signs in, but stops at the first redirect to `place` and answers it unopened. */
  async signInUntil(url: string, username: string, password: string, place: string): Promise<URL> {
    const reply = await this.fetch(await this.#loginForm(url), sent(username, password))
    const location = reply.headers.get('location')
    if (!location?.startsWith(place)) {
      throw new Error(
        `Expected Keycloak to send ${username} to ${place}, but it answered ${reply.status} to ${location}`,
      )
    }
    return new URL(location)
  }

  async #loginForm(url: string): Promise<string> {
    const login = await this.open(url)
    const action = formAction(login.text)
    if (!action) {
      throw new Error(
        `Expected Keycloak's login form at ${login.url}, but got ${login.status}: ${plainText(login.text).slice(0, 300)}`,
      )
    }
    return action
  }

  /** The value of a cookie by name, if the visitor has it. */
  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((each) => each.name === name)?.value
  }

  #cookieFor({ hostname, pathname }: URL): string {
    const fitting = [...this.#cookies].filter(([key, { path }]) => key.startsWith(`${hostname} `) && pathname.startsWith(path))
    return fitting.map(([, { name, value }]) => `${name}=${value}`).join('; ')
  }

  #keep({ hostname }: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const attribute = (wanted: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const key = `${hostname} ${path} ${name}`
    if (attribute('max-age') === '0' || (attribute('expires') && Date.parse(attribute('expires')!) < Date.now())) this.#cookies.delete(key)
    else this.#cookies.set(key, { name, value, path })
  }
}

function sent(username: string, password: string): RequestInit {
  return { method: 'POST', body: new URLSearchParams({ username, password, credentialId: '' }) }
}

/** Where Keycloak's login form is sent to; undefined when the page has no such form. */
function formAction(html: string): string | undefined {
  const [, action] = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(html) ?? []
  return action?.replaceAll('&amp;', '&')
}

function plainText(html: string): string {
  return html.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim()
}
