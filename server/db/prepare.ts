import pg from 'pg'

export interface Roles {
  ownerPassword: string
  appPassword: string
  keycloakPassword: string
}

export interface Addresses {
  /** As `salter_owner`: migrates, and runs the engine. */
  owner: string
  /** As `salter_app`: serves, under row-level security. */
  app: string
  /** Keycloak's own database, as its own role. */
  keycloak: string
}

/**
 * Makes the roles and databases on a PostgreSQL of which we hold the superuser. Repeatable.
 * With a `DATABASE_URL` of the town's own, its administrator has done this (see docker-compose.yml).
 */
export async function prepareDatabases(superUrl: string, roles: Roles, database = 'salter'): Promise<Addresses> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    await makeRole(client, 'salter_owner', roles.ownerPassword)
    await makeRole(client, 'salter_app', roles.appPassword)
    await makeRole(client, 'salter_keycloak', roles.keycloakPassword)
    await makeDatabase(client, database, 'salter_owner')
    await makeDatabase(client, `${database}_keycloak`, 'salter_keycloak')
    // The engine ends the former writer's backend when it takes over: PostgreSQL allows that among members of one role.
    await client.query('GRANT pg_signal_backend TO salter_owner')
  } finally {
    await client.end()
  }
  return {
    owner: addressOf(superUrl, 'salter_owner', roles.ownerPassword, database),
    app: addressOf(superUrl, 'salter_app', roles.appPassword, database),
    keycloak: addressOf(superUrl, 'salter_keycloak', roles.keycloakPassword, `${database}_keycloak`),
  }
}

/** The same server, another role and database. */
export function addressOf(url: string, role: string, password: string, database: string): string {
  const address = new URL(url)
  address.username = role
  address.password = encodeURIComponent(password)
  address.pathname = `/${database}`
  return address.href
}

async function makeRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  const verb = rowCount ? 'ALTER' : 'CREATE'
  const role = client.escapeIdentifier(name)
  await client.query(`${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`)
}

async function makeDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${client.escapeIdentifier(owner)}`)
  await client.query(`REVOKE CONNECT ON DATABASE ${client.escapeIdentifier(name)} FROM PUBLIC`)
  if (owner === 'salter_owner') await client.query(`GRANT CONNECT ON DATABASE ${client.escapeIdentifier(name)} TO salter_app`)
}
