/**
 * What must be there before the parts of docker-compose.yml start: roles and databases, tables, pages, the login theme.
 * Repeatable. `npm start` does the same by itself.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { migrate } from '../db/migrate.ts'
import { prepareDatabases } from '../db/prepare.ts'
import { buildUi } from './buildUi.ts'
import { layTheme } from './theme.ts'

const settings = z.object({
  SUPER_DATABASE_URL: z.url(),
  OWNER_PASSWORD: z.string().min(16),
  APP_PASSWORD: z.string().min(16),
  KEYCLOAK_DATABASE_PASSWORD: z.string().min(16),
  THEME_DIR: z.string().default('/theme'),
}).parse(process.env)

const tell = (sentence: string): void => void process.stdout.write(`${sentence}\n`)

tell('Making roles and databases …')
const addresses = await prepareDatabases(settings.SUPER_DATABASE_URL, {
  ownerPassword: settings.OWNER_PASSWORD,
  appPassword: settings.APP_PASSWORD,
  keycloakPassword: settings.KEYCLOAK_DATABASE_PASSWORD,
})
for (const name of await migrate(addresses.owner)) tell(`Migrated: ${name}`)
await buildUi(resolve(import.meta.dirname, '..', '..'), tell)
await layTheme(settings.THEME_DIR)
tell('Prepared.')
