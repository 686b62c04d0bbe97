/** Processes that begin by themselves: the timers of the latest versions, a handful of rows that the engine keeps in memory. */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE engine.start_timers (
      key            bigint PRIMARY KEY,
      definition_key bigint NOT NULL,
      element_id     text   NOT NULL,
      due_at         bigint NOT NULL,
      period         text   NOT NULL,
      times_left     integer
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE engine.start_timers')
}
