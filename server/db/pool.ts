import knexModule, { type Knex } from 'knex'
import pg from 'pg'

// bigint columns (counters, sizes) stay exact as text; dates without a time stay the text they are, no time zone may shift them.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Opens a pool of connections to PostgreSQL. `url` names the role: `salter_app` to serve, `salter_owner` to migrate. */
export function openPool(url: string, { max = 10 }: { max?: number } = {}): Knex {
  return knexModule.default({
    client: 'pg',
    connection: { connectionString: url, application_name: 'salter' },
    pool: { min: 0, max },
    acquireConnectionTimeout: 15_000,
  })
}
