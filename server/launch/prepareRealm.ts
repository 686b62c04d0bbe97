/**
 * Brings the realm of a Keycloak that is running to what the product needs: for docker-compose.yml, and for a Keycloak of
 * the town's own.
 */
import { z } from 'zod'
import { readMunicipalities } from '../zeebe/municipality.ts'
import { demoPassword } from './demoPassword.ts'
import { prepareRealm } from './realm.ts'
import { readSecondFactorRoles } from './realm/secondFactor.ts'

const settings = z.object({
  KEYCLOAK_URL: z.url(),
  KEYCLOAK_REALM: z.string().default('salter'),
  KEYCLOAK_ADMIN_USERNAME: z.string().default('admin'),
  KEYCLOAK_ADMIN_PASSWORD: z.string().min(1),
  KEYCLOAK_CLIENT_SECRET: z.string().min(16),
  KEYCLOAK_SERVICE_SECRET: z.string().min(16),
  KEYCLOAK_DOOR_SECRET: z.string().min(16).optional(),
  CERTIFICATE_DOOR_URL: z.url().optional(),
  PUBLIC_URL: z.url(),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('salter@localhost'),
  PROCESSES_DIR: z.string().default('processes'),
  SECOND_FACTOR_ROLES: z.string().default('').transform(readSecondFactorRoles),
  DEMO: z.string().optional(),
  // An empty line means "not set".
}).parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')))

await prepareRealm({
  url: settings.KEYCLOAK_URL.replace(/\/$/, ''),
  realm: settings.KEYCLOAK_REALM,
  admin: { username: settings.KEYCLOAK_ADMIN_USERNAME, password: settings.KEYCLOAK_ADMIN_PASSWORD },
  publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
  clientSecret: settings.KEYCLOAK_CLIENT_SECRET,
  serviceSecret: settings.KEYCLOAK_SERVICE_SECRET,
  ...(settings.KEYCLOAK_DOOR_SECRET && { doorSecret: settings.KEYCLOAK_DOOR_SECRET }),
  ...(settings.CERTIFICATE_DOOR_URL && { doorUrl: settings.CERTIFICATE_DOOR_URL.replace(/\/$/, '') }),
  ...(settings.SMTP_URL && { smtp: { url: settings.SMTP_URL, from: settings.MAIL_FROM } }),
  secondFactor: settings.SECOND_FACTOR_ROLES,
  municipalities: await readMunicipalities(settings.PROCESSES_DIR),
  ...(settings.DEMO === 'true' && { demoPassword }),
})
process.stdout.write('The realm is as the product needs it.\n')
