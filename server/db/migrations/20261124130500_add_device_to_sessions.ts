/** A person who looks at their open sign-ins must tell the office computer from the phone: browser and system, no more. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE sessions ADD COLUMN device text NOT NULL DEFAULT ''`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE sessions DROP COLUMN device')
}
