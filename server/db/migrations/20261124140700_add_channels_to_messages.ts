/**
 * A message by SMS is told of twice: when the gateway takes it, and when the telephone has it. And a person chooses by which way
 * later notices come.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE messages
      DROP CONSTRAINT messages_status_check,
      ADD CONSTRAINT messages_status_check CHECK (status IN ('waiting', 'sent', 'delivered', 'failed', 'received')),
      -- the neighbor's own id of it
      ADD COLUMN external_id text,
      ADD COLUMN delivered_at timestamptz,
      -- why it failed, as a word of ours: refused, undelivered, gave-up
      ADD COLUMN failure text,
      -- how many short messages it took
      ADD COLUMN parts integer;
    ALTER TABLE people ADD COLUMN notices text NOT NULL DEFAULT 'email' CHECK (notices IN ('email', 'sms', 'both'));
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE people DROP COLUMN notices;
    UPDATE messages SET status = 'sent' WHERE status = 'delivered';
    ALTER TABLE messages
      DROP COLUMN parts, DROP COLUMN failure, DROP COLUMN delivered_at, DROP COLUMN external_id,
      DROP CONSTRAINT messages_status_check,
      ADD CONSTRAINT messages_status_check CHECK (status IN ('waiting', 'sent', 'failed', 'received'));
  `)
}
