/**
 * Signals: who waits for one is found by its name; a broadcast that has not reached everybody yet keeps how far it has got,
 * so that a restart goes on there. Which processes a signal starts is known without reading their diagrams.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE engine.signal_subscriptions (
      key          bigint PRIMARY KEY,
      instance_key bigint NOT NULL,
      signal_name  text   NOT NULL
    );
    CREATE INDEX signal_subscriptions_name ON engine.signal_subscriptions (signal_name, key);

    CREATE TABLE engine.broadcasts (
      key         bigint   PRIMARY KEY,
      signal_name text     NOT NULL,
      variables   text     NOT NULL,
      starts      bigint[] NOT NULL,
      reached     bigint   NOT NULL
    );

    ALTER TABLE engine.definitions ADD COLUMN signal_starts text NOT NULL DEFAULT '[]';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE engine.signal_subscriptions;
    DROP TABLE engine.broadcasts;
    ALTER TABLE engine.definitions DROP COLUMN signal_starts;
  `)
}
