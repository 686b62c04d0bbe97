/**
 * Reading is written down too. The index finds what was done to one thing without reading the chain: whether today's look at a
 * case is noted already, and who was shown a number of it. `taken_in` lets a village office see what it took in.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE INDEX audit_of_subject ON audit_entries (tenant_id, subject, action, sequence DESC);
    ALTER TABLE cases ADD COLUMN taken_in text;  -- the unit whose clerk took it in; null when it came by itself
    ${shutDoors}`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ${openDoors}
    ALTER TABLE cases DROP COLUMN taken_in;
    DROP INDEX audit_of_subject`)
}

// The server had all four rights on nearly every table. It deletes only what has a short life or was never sent, and what is
// written once it does not rewrite: a mistake in a statement then fails and loses nothing.
const neverDeleted = [
  'tenants', 'organizations', 'units', 'people', 'accounts', 'mandates', 'packages', 'register_books', 'cases', 'case_parties', 'tasks',
  'deadlines', 'messages', 'deliveries', 'payments',
].join(', ')
const shutDoors = `REVOKE DELETE ON ${neverDeleted} FROM salter_app; REVOKE UPDATE ON packages FROM salter_app;`
const openDoors = `GRANT DELETE ON ${neverDeleted} TO salter_app; GRANT UPDATE ON packages TO salter_app;`
