/**
 * A call activity that has its turn but has not called yet is marked in its row, so that a restart finds it again.
 * Why IF NOT EXISTS: for an hour of its first day the former migration made the column itself.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE engine.elements ADD COLUMN IF NOT EXISTS calling boolean NOT NULL DEFAULT false;
    CREATE INDEX IF NOT EXISTS elements_calling ON engine.elements (key) WHERE calling;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE engine.elements DROP COLUMN IF EXISTS calling')
}
