import { readFile } from 'node:fs/promises'
import type { Config } from '../../base/config.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { addAudit } from '../../cases/audit.ts'
import type { Context } from '../../cases/context.ts'
import { systemActor, type Actor } from '../../identity/actor.ts'
import { keepingLists, overHttp, readPem } from '../../identity/certificates/index.ts'
import { eSignaturePeople } from '../../identity/eSignature/people.ts'
import type { Keys } from '../../identity/keys.ts'
import type { Country } from '../../rules/identifiers/index.ts'
import type { Language } from '../contract/words.ts'
import { openDoor, type CertificateDoor, type DoorEvent, type DoorSettings } from './openDoor.ts'
import type { Trusted } from './visit.ts'

export type { CertificateDoor } from './openDoor.ts'

type DoorConfig = Pick<Config,
  'HOST' | 'KEYCLOAK_URL' | 'KEYCLOAK_REALM' | 'PUBLIC_URL' | 'CERTIFICATE_DOOR_PORT' | 'CERTIFICATE_DOOR_TLS_CERTIFICATE' |
  'CERTIFICATE_DOOR_TLS_KEY' | 'CERTIFICATE_DOOR_TRUST' | 'CERTIFICATE_DOOR_HEADER' | 'KEYCLOAK_DOOR_SECRET'>

export interface HouseOfDoor {
  towns(): readonly { id: string; firstLanguage: Language }[]
  contextFor(tenantId: string, actor: Actor): Context
  keys: Keys
  clock: Clock
  log: Log
}

/** Opens the certificate door as it is configured; undefined when none is. Throws when a file of it cannot be read. */
export async function openCertificateDoor(
  config: DoorConfig, house: HouseOfDoor, limits?: DoorSettings['limits'],
): Promise<CertificateDoor | undefined> {
  const { CERTIFICATE_DOOR_PORT: port, CERTIFICATE_DOOR_TLS_CERTIFICATE, CERTIFICATE_DOOR_TLS_KEY } = config
  const { CERTIFICATE_DOOR_TRUST, CERTIFICATE_DOOR_HEADER: header, KEYCLOAK_DOOR_SECRET: doorSecret } = config
  const isWhole = CERTIFICATE_DOOR_TLS_CERTIFICATE && CERTIFICATE_DOOR_TLS_KEY && CERTIFICATE_DOOR_TRUST && header && doorSecret
  if (port === undefined || !isWhole) return undefined
  const keycloakUrl = config.KEYCLOAK_URL.replace(/\/$/, '')
  const { PUBLIC_URL: publicUrl, KEYCLOAK_REALM: realm } = config
  return openDoor({
    host: config.HOST,
    port,
    tls: { certificate: await readFile(CERTIFICATE_DOOR_TLS_CERTIFICATE), key: await readFile(CERTIFICATE_DOOR_TLS_KEY) },
    keycloakPublicUrl: keycloakUrl,
    publicUrl,
    ...(limits && { limits }),
  }, {
    leg: { keycloakUrl, realm, header, publicUrl },
    people: eSignaturePeople({ keycloakUrl, realm, doorSecret }, house.keys, house.clock),
    trust: await readTrust(CERTIFICATE_DOOR_TRUST),
    fetcher: keepingLists(overHttp(), house.clock),
    clock: house.clock,
    log: house.log.with({ part: 'certificate-door' }),
    towns: house.towns,
    audit: (tenantId, event) => writeDown(house.contextFor(tenantId, systemActor('certificate-door')), event),
  })
}

async function readTrust(files: NonNullable<Config['CERTIFICATE_DOOR_TRUST']>): Promise<Trusted[]> {
  const lists = await Promise.all(Object.entries(files).map(async ([country, file]) => {
    const authorities = readPem(await readFile(file, 'utf8'))
    if (authorities.length === 0) throw new Error(`Expected certificates of trusted authorities in ${file}, but found none`)
    return authorities.map((authority) => ({ country: country as Country, authority }))
  }))
  return lists.flat()
}

/** The account is named by its id, the certificate by its hash; the number it carries never is. */
async function writeDown(context: Context, event: DoorEvent): Promise<void> {
  const { outcome, accountId, isNew, thumbprint, fault, reasons } = event
  const facts = {
    ...(thumbprint && { thumbprint }),
    ...(isNew !== undefined && { isNew }),
    ...(fault && { fault }),
    ...(reasons?.length && { reasons: [...reasons] }),
  }
  await context.db.transaction((trx) => addAudit(trx, context, outcome === 'let-in'
    ? { action: 'sign-in.e-signature', subject: accountId!, facts }
    : { action: 'sign-in.refuse', subject: 'certificate-door', reason: outcome, facts }))
}
