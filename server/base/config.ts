/** The only reader of the environment: reads it once, checks all of it, lists every fault in one message. */
import { z } from 'zod'

const url = (...schemes: string[]) =>
  z.string().refine(
    (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), `Expected an address beginning with ${schemes.join(' or ')}`,
  )

const port = z.coerce.number().int().min(1).max(65535)
const flag = z.enum(['true', 'false']).default('false').transform((text) => text === 'true')

/** `rs=path,bg=path` as country → path. */
const trustFiles = z.string().transform((text, { addIssue }) => {
  const pairs = text.split(',').map((pair) => pair.trim().split(/=(.*)/s).slice(0, 2))
  for (const [country, path] of pairs) {
    if (!['rs', 'ba', 'bg', 'ro'].includes(country!) || !path) {
      addIssue({ code: 'custom', message: 'Expected country=file, divided by commas; countries are rs, ba, bg, ro' })
    }
  }
  return Object.fromEntries(pairs) as Partial<Record<'rs' | 'ba' | 'bg' | 'ro', string>>
})

const doorSettings = [
  'CERTIFICATE_DOOR_PORT', 'CERTIFICATE_DOOR_URL', 'CERTIFICATE_DOOR_TLS_CERTIFICATE', 'CERTIFICATE_DOOR_TLS_KEY', 'CERTIFICATE_DOOR_TRUST',
  'CERTIFICATE_DOOR_HEADER', 'KEYCLOAK_DOOR_SECRET',
] as const

const settings = z.object({
  /** As `salter_app`: serves under row-level security. */
  DATABASE_URL: url('postgres:', 'postgresql:'),
  /** As `salter_owner`: migrates, and runs the embedded engine. Needed by those two only. */
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:').optional(),
  KEYCLOAK_URL: url('http:', 'https:'),
  KEYCLOAK_REALM: z.string().default('salter'),
  KEYCLOAK_CLIENT_SECRET: z.string().min(16),
  KEYCLOAK_SERVICE_SECRET: z.string().min(16),
  /** host:port of whatever answers Zeebe's gRPC. */
  ZEEBE_ADDRESS: z.string().regex(/^[^\s:]+:\d+$/),
  /** Address of the REST API that can be read beside it; without one, the port after gRPC's. */
  ZEEBE_REST_ADDRESS: url('http:', 'https:').transform((text) => text.replace(/\/$/, '')).optional(),
  ZEEBE_TLS: flag,
  /** Calls show a token of our own Keycloak's client `salter-service`. */
  ZEEBE_TOKEN: flag,
  /** Where people reach the product from outside, without a slash at the end. */
  PUBLIC_URL: url('http:', 'https:').transform((text) => text.replace(/\/$/, '')),
  PORT: port,
  HOST: z.string().default('127.0.0.1'),
  SMTP_URL: url('smtp:', 'smtps:'),
  MAIL_FROM: z.string().default('salter@localhost'),
  /** Where the demo's mail catcher shows what was sent; empty in production. */
  MAIL_CATCHER_URL: url('http:', 'https:').optional(),
  /** The SMS gateway's address for one message; without it nobody is written to by SMS. */
  SMS_URL: url('http:', 'https:').optional(),
  /** The whole header `Authorization` it asks for. */
  SMS_AUTHORIZATION: z.string().min(1).optional(),
  SMS_SENDER: z.string().max(15).default('Salter'),
  /** What is sent to it, JSON or form, with gaps {id} {from} {to} {digits} {text} {report}. */
  SMS_TEMPLATE: z.string().includes('{text}').optional(),
  /** Signs what the gateway reports of arrival; without it, messages stay "sent". */
  SMS_HOOK_SECRET: z.string().min(16).optional(),
  /** Signs what a bank, or whoever reads its statements, tells of payments; without it only clerks note them. */
  PAYMENTS_HOOK_SECRET: z.string().min(16).optional(),
  /** The demo's bank; empty in production. */
  BANK_SIMULATOR_URL: url('http:', 'https:').optional(),
  /** Where the demo's SMS simulator shows what was sent; empty in production. */
  SMS_CATCHER_URL: url('http:', 'https:').optional(),
  /** Folder for uploaded and issued documents. */
  FILES_DIR: z.string().min(1),
  /** The authorities whose citizens' signatures on papers are believed, a PEM bundle per country: `rs=/etc/salter/rs.pem,bg=…`. */
  SIGNATURE_TRUST: trustFiles.optional(),
  /** Folder of the procedures. */
  PROCESSES_DIR: z.string().default('processes'),
  /** Folder of the built pages. */
  UI_DIR: z.string().default('dist/ui'),
  /** 32 bytes or more: keys for sealing sessions and hashing identifiers are derived from it. */
  SECRET_KEY: z.string().min(32),
  DEMO: flag,
  /** The certificate door, for signing in by e-signature: all of these, or none and there is no door. */
  CERTIFICATE_DOOR_PORT: port.optional(),
  /** Where browsers reach it, without a slash at the end: the same host as Keycloak's, so that both share a login. */
  CERTIFICATE_DOOR_URL: url('https:').transform((text) => text.replace(/\/$/, '')).optional(),
  /** Files with its own certificate chain and private key, PEM. */
  CERTIFICATE_DOOR_TLS_CERTIFICATE: z.string().optional(),
  CERTIFICATE_DOOR_TLS_KEY: z.string().optional(),
  /** Each country's trusted authorities, a PEM bundle: `rs=/etc/salter/rs.pem,bg=/etc/salter/bg.pem`. */
  CERTIFICATE_DOOR_TRUST: trustFiles.optional(),
  /** Secret name of the header in which Keycloak takes a checked certificate. */
  CERTIFICATE_DOOR_HEADER: z.string().regex(/^[a-z0-9-]{32,100}$/).optional(),
  /** Of the client `salter-door`, by which the door makes accounts. */
  KEYCLOAK_DOOR_SECRET: z.string().min(16).optional(),
}).superRefine((given, { addIssue }) => {
  if (given.SMS_URL && !given.SMS_AUTHORIZATION) addIssue({ code: 'custom', path: ['SMS_AUTHORIZATION'], message: 'Expected it beside SMS_URL' })
  const missing = doorSettings.filter((name) => given[name] === undefined)
  if (missing.length === doorSettings.length) return
  const message = 'Expected it too, because other settings ask for a certificate door'
  for (const name of missing) addIssue({ code: 'custom', path: [name], message })
})

const engineSettings = z.object({
  /** Its gRPC port, with the one after it for what can be read; 0 takes free ones. */
  ENGINE_PORT: z.union([z.literal('0').transform(Number), port.max(65534)]),
  HOST: settings.shape.HOST,
  DATABASE_OWNER_URL: settings.shape.DATABASE_OWNER_URL,
  /** Without a database: forgets everything when it ends. */
  ENGINE_MEMORY: flag,
  /** Whole months for which it keeps what instances have been through, beside the one at hand; 0 is for ever. */
  ENGINE_HISTORY_MONTHS: z.coerce.number().int().min(0).default(24),
  /** Whose bearer tokens open the gateway, and whom they must be made for. */
  ENGINE_TOKEN_ISSUER: url('http:', 'https:').optional(),
  ENGINE_TOKEN_AUDIENCE: z.string().optional(),
  /** Files with the certificate chain and the private key, PEM. */
  ENGINE_TLS_CERTIFICATE: z.string().optional(),
  ENGINE_TLS_KEY: z.string().optional(),
}).superRefine((given, { addIssue }) => {
  const fault = (name: string, message: string): void => addIssue({ code: 'custom', path: [name], message })
  if (!given.DATABASE_OWNER_URL && !given.ENGINE_MEMORY) fault('DATABASE_OWNER_URL', 'Expected a database, or ENGINE_MEMORY=true')
  for (const [one, other] of [['ENGINE_TOKEN_ISSUER', 'ENGINE_TOKEN_AUDIENCE'], ['ENGINE_TLS_CERTIFICATE', 'ENGINE_TLS_KEY']] as const) {
    if (given[one] && !given[other]) fault(other, `Expected it beside ${one}`)
    if (given[other] && !given[one]) fault(one, `Expected it beside ${other}`)
  }
})

export type Config = Readonly<z.infer<typeof settings>>

/** What the embedded engine needs, with the rest of the product or alone. */
export type EngineConfig = Readonly<z.infer<typeof engineSettings>>

/** Checks `environment` and answers a frozen, typed object; throws one error that lists every fault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  return read(settings, environment)
}

/** The same for the settings of the engine alone. */
export function readEngineConfig(environment: Record<string, string | undefined>): EngineConfig {
  return read(engineSettings, environment)
}

function read<Shape extends z.ZodType>(shape: Shape, environment: Record<string, string | undefined>): Readonly<z.infer<Shape>> {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const result = shape.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  const lead = `Expected complete settings, but ${faults.length} of them need attention, so nothing was started:`
  throw new Error([lead, ...faults, 'See .env.example for what each means.'].join('\n'))
}
