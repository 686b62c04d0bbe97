/**
 * Standstills and extensions of legal terms, each with who and why, and what citizens are asked to supply.
 * Why a table for standstills: each is a deed of somebody for a reason, and the reason is what is asked about in an appeal.
 * Breaking: the two columns it replaces were never written.
 */
import type { Knex } from 'knex'

const made = ['deadline_pauses', 'supplement_requests']

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of made) {
    await knex.raw('ALTER TABLE ?? ENABLE ROW LEVEL SECURITY', [table])
    await knex.raw('ALTER TABLE ?? FORCE ROW LEVEL SECURITY', [table])
    await knex.raw('CREATE POLICY tenant_wall ON ?? USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', [table])
    await knex.raw('GRANT SELECT, INSERT, UPDATE ON ?? TO salter_app', [table])
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [...made].reverse()) await knex.raw('DROP TABLE ??', [table])
  await knex.raw(`
    ALTER TABLE deadlines
      DROP COLUMN extension, DROP COLUMN formula,
      ADD COLUMN suspended_since timestamptz, ADD COLUMN suspensions jsonb NOT NULL DEFAULT '[]'
  `)
}

const tables = `
ALTER TABLE deadlines
  -- how the date came about, as facts for a sentence in any language; NULL in terms counted before this
  ADD COLUMN formula   jsonb,
  -- by how much, why and by whom it was made longer, at extended_at
  ADD COLUMN extension jsonb,
  DROP COLUMN suspended_since,
  DROP COLUMN suspensions;

CREATE TABLE deadline_pauses (
  tenant_id      text NOT NULL REFERENCES tenants,
  id             uuid NOT NULL,
  deadline_id    uuid NOT NULL,
  began_at       timestamptz NOT NULL,
  ended_at       timestamptz,            -- null while the term stands
  why            text NOT NULL,          -- one of the reasons the law knows: deadlines.json, standsFor
  words          text NOT NULL DEFAULT '',
  begun_by       text NOT NULL,
  begun_by_name  text,
  ended_by       text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, deadline_id) REFERENCES deadlines
);
CREATE INDEX deadline_pauses_of_deadline ON deadline_pauses (tenant_id, deadline_id, began_at);
CREATE UNIQUE INDEX deadline_pauses_one_open ON deadline_pauses (tenant_id, deadline_id) WHERE ended_at IS NULL;

CREATE TABLE supplement_requests (
  tenant_id    text NOT NULL REFERENCES tenants,
  id           uuid NOT NULL,
  case_id      uuid NOT NULL,
  task_id      uuid NOT NULL,            -- the step at which it was seen that something is missing
  missing      jsonb NOT NULL,           -- list of what is missing, in the clerk's words
  state        text NOT NULL CHECK (state IN ('open', 'answered', 'missed')),
  asked_at     timestamptz NOT NULL,
  asked_by     text NOT NULL,
  due_at       timestamptz NOT NULL,
  -- what follows by law when nothing comes: reject, close or decide
  unanswered   text NOT NULL,
  answer       text,
  settled_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, task_id) REFERENCES tasks
);
CREATE INDEX supplement_requests_of_case ON supplement_requests (tenant_id, case_id, asked_at);
CREATE UNIQUE INDEX supplement_requests_one_open ON supplement_requests (tenant_id, case_id) WHERE state = 'open';
`
