/** What was found about the signatures of a file is kept with the very version that was looked at. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  // server/cases/signatures/keptSignatures.ts; null: no signature
  await knex.raw('ALTER TABLE document_versions ADD COLUMN signatures jsonb')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE document_versions DROP COLUMN signatures')
}
