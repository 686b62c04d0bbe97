/** The administrator's page lists what is stalled without reading all that was ever delivered. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX outbox_stalled ON outbox (tenant_id, stalled_at DESC, id) WHERE stalled_at IS NOT NULL')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX outbox_stalled')
}
