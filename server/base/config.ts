/** The only reader of the environment: reads it once, checks all of it, lists every fault in one message. */
import { z } from 'zod'

const url = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), `Expected an address beginning with ${schemes.join(' or ')}`)

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
  /** The engine's own port for gRPC when it is embedded, which is not started otherwise; what can be read has the port after it. */
  ENGINE_PORT: z.coerce.number().int().min(1).max(65534).optional(),
  /** Whole months for which the embedded engine keeps what instances have been through, beside the one at hand; 0 is for ever. */
  ENGINE_HISTORY_MONTHS: z.coerce.number().int().min(0).default(24),
  /** Where people reach the product from outside, without a slash at the end. */
  PUBLIC_URL: url('http:', 'https:').transform((text) => text.replace(/\/$/, '')),
  PORT: z.coerce.number().int().min(1).max(65535),
  HOST: z.string().default('127.0.0.1'),
  SMTP_URL: url('smtp:', 'smtps:'),
  MAIL_FROM: z.string().default('salter@localhost'),
  /** Where the demo's mail catcher shows what was sent; empty in production. */
  MAIL_CATCHER_URL: url('http:', 'https:').optional(),
  /** Folder for uploaded and issued documents. */
  FILES_DIR: z.string().min(1),
  /** Folder of the procedures. */
  PROCESSES_DIR: z.string().default('processes'),
  /** Folder of the built pages. */
  UI_DIR: z.string().default('dist/ui'),
  /** 32 bytes or more: keys for sealing sessions and hashing identifiers are derived from it. */
  SECRET_KEY: z.string().min(32),
  DEMO: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
})

export type Config = Readonly<z.infer<typeof settings>>

/** Checks `environment` and answers a frozen, typed object; throws one error that lists every fault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const result = settings.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Expected complete settings, but ${faults.length} of them need attention, so nothing was started:\n${faults.join('\n')}\nSee .env.example for what each means.`)
}
