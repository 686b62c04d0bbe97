import { systemClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { serve } from '../../server/http/app.ts'
import type { HouseOfDoor } from '../../server/http/certificateDoor/index.ts'
import type { Me } from '../../server/http/contract/town.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { connectKeycloak } from '../../server/identity/keycloak.ts'
import type { PersonCertificate } from '../../server/launch/demoAuthority/authority.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { openAdminApi, type AdminApi } from '../../server/launch/realm/adminApi.ts'
import { Visitor, type Page } from '../../server/launch/visitor.ts'
import { testAuthority, type TestAuthority } from './authority.ts'
import { showing, shownBy, testDoor } from './door.ts'
import { keycloakSettings } from './realLogin.ts'
import { testRealm, type TestRealm } from './keycloak.ts'
import { testTown, type TestTown } from './town.ts'

/** Sombor with a certificate door that trusts an authority of Serbia and one of Romania, before the real Keycloak. */
export interface DoorHouse {
  sombor: TestTown
  rs: TestAuthority
  ro: TestAuthority
  /** An authority that nobody trusts. */
  stranger: TestAuthority
  realm: TestRealm
  admin: AdminApi
  publicUrl: string
  doorPort: number
  /** What a door is given of the product. */
  house: HouseOfDoor
  /** Before each test: the authority's clock is now, and it answers as it should. */
  reset(): void
  /** The address at Keycloak to which the product sends who signs in by password. */
  authorization(): Promise<string>
  /** The address at the door to which the product sends who needs the e-signature. */
  atTheDoor(language?: string): Promise<string>
  /** The page on which somebody with this certificate ends. */
  signInPage(certificate: PersonCertificate): Promise<Page>
  /** Somebody who has signed in with it. */
  signIn(certificate: PersonCertificate): Promise<Visitor>
  /** What the door answers to a certificate. */
  knock(certificate: PersonCertificate | undefined, ...more: (Buffer | { language: string })[]): Promise<{ status: number; text: string }>
  me(visitor: Visitor): Promise<Me>
  close(): Promise<void>
}

export async function doorHouse(): Promise<DoorHouse> {
  const startsAt = Date.now()
  const [sombor, rs, ro, stranger] = await Promise.all([
    testTown({ startsAt: new Date(startsAt).toISOString() }),
    testAuthority({ startsAt }), testAuthority({ startsAt, country: 'ro' }), testAuthority({ startsAt }),
  ])
  const [port, doorPort] = [await freePort(), await freePort()]
  const publicUrl = `http://localhost:${port}`
  const doorUrl = `https://localhost:${doorPort}`
  const realm = await testRealm(publicUrl, [sombor.tenant], { doorUrl })
  const house: HouseOfDoor = {
    towns: () => [sombor.tenant],
    contextFor: (_, actor) => sombor.contextFor(actor),
    keys: sombor.contextFor(anonymous).keys,
    clock: rs.clock,
    log: quietLog,
  }
  const door = await testDoor({ port: doorPort, realm, authorities: [rs.authority, ro.authority], house })
  const web = await serve({ HOST: '127.0.0.1', PORT: port, PUBLIC_URL: publicUrl, UI_DIR: 'tests/no-pages-here', DEMO: true }, {
    ...house,
    towns: () => [sombor.tenant],
    contextFor: (_, actor) => ({ ...sombor.contextFor(actor), clock: systemClock }),
    clock: systemClock,
    keycloak: connectKeycloak({ ...keycloakSettings(realm), CERTIFICATE_DOOR_URL: doorUrl }, systemClock),
    links: [],
    ready: async () => undefined,
  })
  const sentTo = async (query: string): Promise<string> =>
    (await new Visitor().fetch(`${publicUrl}/sombor/sign-in?${query}`)).headers.get('location')!
  const atTheDoor = (language = 'en'): Promise<string> => sentTo(`level=e-signature&language=${language}`)

  return {
    sombor, rs, ro, stranger, realm, publicUrl, doorPort, house, atTheDoor,
    admin: await openAdminApi(realm.url, realm.admin),
    reset() {
      rs.clock.advanceTo(Date.now())
      Object.assign(rs.revocation, { ocsp: 'good', crl: 'good' })
    },
    authorization: () => sentTo('language=en'),
    signInPage: (certificate) => new Visitor(showing(shownBy(certificate))).open(`${publicUrl}/sombor/sign-in?level=e-signature`),
    async signIn(certificate) {
      const visitor = new Visitor(showing(shownBy(certificate)))
      const { url, text } = await visitor.open(`${publicUrl}/sombor/sign-in?level=e-signature&language=en`)
      const words = text.replace(/<style[\s\S]*<\/style>|<[^>]+>/g, ' ')
      if (url !== `${publicUrl}/sombor/`) throw new Error(`Expected the certificate to be let in, but the page at ${url} said: ${words}`)
      return visitor
    },
    async knock(certificate, ...more) {
      const along = more.filter((each): each is Buffer => Buffer.isBuffer(each))
      const language = more.flatMap((each) => (Buffer.isBuffer(each) ? [] : [each.language]))[0]
      const reply = await new Visitor(showing(certificate && shownBy(certificate, ...along))).fetch(await atTheDoor(language))
      return { status: reply.status, text: await reply.text() }
    },
    me: async (visitor) => (await (await visitor.fetch(`${publicUrl}/api/sombor/me`)).json()) as Me,
    async close() {
      await door.close()
      await web.close()
      await Promise.all([rs, ro, stranger].map((each) => each.close()))
      await sombor.close()
    },
  }
}
