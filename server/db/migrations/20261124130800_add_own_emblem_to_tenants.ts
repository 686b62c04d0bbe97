/**
 * A town's own picture beside its name.
 * Why in its row: it is small, every process needs it, and a town must look like itself also where files are not at hand.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE tenants
      ADD COLUMN emblem      bytea CHECK (octet_length(emblem) <= 262144),
      ADD COLUMN emblem_type text  CHECK (emblem_type IN ('image/png', 'image/jpeg', 'image/svg+xml')),
      ADD CONSTRAINT emblem_has_type CHECK ((emblem IS NULL) = (emblem_type IS NULL))
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE tenants DROP CONSTRAINT emblem_has_type, DROP COLUMN emblem, DROP COLUMN emblem_type')
}
