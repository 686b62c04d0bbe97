/**
 * What the engine's read API looks for beside keys: instances by their definition, and the few jobs that have failed.
 * Definitions keep the name of their process, so that a list of them reads no diagram.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX instances_definition ON engine.instances (definition_key, key);
    CREATE INDEX jobs_failed ON engine.jobs (key) WHERE state IN ('failed', 'error-thrown');
    ALTER TABLE engine.definitions ADD COLUMN name text NOT NULL DEFAULT '';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE engine.definitions DROP COLUMN IF EXISTS name;
    DROP INDEX IF EXISTS engine.jobs_failed;
    DROP INDEX IF EXISTS engine.instances_definition;
  `)
}
