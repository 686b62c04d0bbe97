/** How many text messages a number has had today is asked before each: nobody's telephone is to be flooded through our forms. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`CREATE INDEX messages_by_sms ON messages (tenant_id, address, created_at) WHERE channel = 'sms'`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX messages_by_sms')
}
