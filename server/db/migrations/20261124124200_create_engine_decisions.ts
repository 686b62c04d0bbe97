/** Decision models that are deployed, and the decisions in them: each has versions of its own. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE engine.decision_requirements (
      key           bigint  PRIMARY KEY,
      drg_id        text    NOT NULL,
      name          text    NOT NULL,
      version       integer NOT NULL,
      resource_name text    NOT NULL,
      checksum      text    NOT NULL,
      deployed_at   bigint  NOT NULL,
      xml           text    NOT NULL,
      UNIQUE (drg_id, version)
    );

    CREATE TABLE engine.decisions (
      key         bigint  PRIMARY KEY,
      decision_id text    NOT NULL,
      name        text    NOT NULL,
      version     integer NOT NULL,
      drg_key     bigint  NOT NULL,
      UNIQUE (decision_id, version)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE IF EXISTS engine.decisions, engine.decision_requirements')
}
