/**
 * Versions of processes and forms can be deleted. Their rows stay, so a number is never given twice and the history can still
 * be shown. Whether a version has running instances is told by the index, which has one entry per live instance.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE engine.deleted_resources (
      key        bigint PRIMARY KEY,
      deleted_at bigint NOT NULL
    );
    CREATE INDEX IF NOT EXISTS instances_definition ON engine.instances (definition_key, key);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE engine.deleted_resources;
    DROP INDEX IF EXISTS engine.instances_definition;
  `)
}
