/**
 * Acting for another: what a mandate allows, from when until when, on what proof, and who confirmed it. What was done under one
 * names it, so that its end ends what came of it. Whether it has run out is asked of the day at each deed and kept nowhere.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE mandates
      ALTER COLUMN person_id DROP NOT NULL,          -- nobody yet, while an offer is open
      ADD COLUMN procedures   text[],                -- null: all
      ADD COLUMN case_id      uuid,                  -- one request and no other
      ADD COLUMN deeds        text[] NOT NULL DEFAULT '{}',
      ADD COLUMN state        text   NOT NULL DEFAULT 'asked',
      ADD COLUMN proof        text,                  -- on what it was confirmed
      ADD COLUMN proof_note   text   NOT NULL DEFAULT '',
      ADD COLUMN number_hash  bytea,                 -- keyed hash of the number as it was claimed, until a clerk has seen it
      ADD COLUMN offered_to   text,                  -- address of the invitation
      ADD COLUMN offer_until  timestamptz,
      ADD COLUMN asked_by     text   NOT NULL DEFAULT '',  -- who made the row, as in the audit
      ADD COLUMN decided_by   text,
      ADD COLUMN decided_name text,                  -- as people see it
      ADD COLUMN decided_at   timestamptz,
      ADD COLUMN reason       text   NOT NULL DEFAULT '',  -- of a refusal or a revocation
      ADD COLUMN created_at   timestamptz NOT NULL DEFAULT now(),
      ADD CONSTRAINT mandate_kind  CHECK (kind IN ('company-representative', 'guardian', 'proxy', 'helper')),
      ADD CONSTRAINT mandate_state CHECK (state IN ('asked', 'offered', 'confirmed', 'refused', 'revoked')),
      ADD CONSTRAINT mandate_proof CHECK (proof IN ('document', 'seen', 'register', 'own-word')),
      ADD CONSTRAINT mandate_deeds CHECK (deeds <@ ARRAY['file', 'supplement', 'receive', 'withdraw', 'pay']),
      ADD CONSTRAINT mandate_holder CHECK (person_id IS NOT NULL OR state IN ('offered', 'revoked')),
      ADD CONSTRAINT mandate_for_another CHECK (person_id <> for_person_id),
      ADD CONSTRAINT mandate_decided CHECK (state <> 'confirmed' OR (proof IS NOT NULL AND decided_at IS NOT NULL)),
      ADD CONSTRAINT mandate_scope CHECK (procedures IS NULL OR case_id IS NULL),
      ADD FOREIGN KEY (tenant_id, case_id) REFERENCES cases;
    CREATE INDEX mandates_of_person     ON mandates (tenant_id, person_id, for_person_id);
    CREATE INDEX mandates_for_person    ON mandates (tenant_id, for_person_id);
    CREATE INDEX mandates_to_be_decided ON mandates (tenant_id, created_at) WHERE state = 'asked';

    ALTER TABLE documents ADD COLUMN mandate_id uuid, ADD FOREIGN KEY (tenant_id, mandate_id) REFERENCES mandates;
    CREATE INDEX documents_of_mandate ON documents (tenant_id, mandate_id) WHERE mandate_id IS NOT NULL;

    ALTER TABLE cases ADD COLUMN mandate_id uuid, ADD FOREIGN KEY (tenant_id, mandate_id) REFERENCES mandates;
    CREATE INDEX cases_of_mandate ON cases (tenant_id, mandate_id) WHERE mandate_id IS NOT NULL;

    ALTER TABLE timeline_entries ADD COLUMN for_name text;  -- for whom it was done, where that is another

    ALTER TABLE drafts
      ADD COLUMN handed_until timestamptz,           -- somebody prepared it for another, who may take it over until then
      ADD COLUMN handed_hash  bytea;`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE drafts DROP COLUMN handed_until, DROP COLUMN handed_hash;
    ALTER TABLE timeline_entries DROP COLUMN for_name;
    ALTER TABLE cases DROP COLUMN mandate_id;
    ALTER TABLE documents DROP COLUMN mandate_id;
    DROP INDEX mandates_of_person, mandates_for_person, mandates_to_be_decided;
    DELETE FROM mandates WHERE person_id IS NULL;
    ALTER TABLE mandates
      DROP CONSTRAINT mandate_kind, DROP CONSTRAINT mandate_for_another,
      DROP COLUMN procedures, DROP COLUMN case_id, DROP COLUMN deeds, DROP COLUMN state, DROP COLUMN proof, DROP COLUMN proof_note,
      DROP COLUMN number_hash, DROP COLUMN offered_to, DROP COLUMN offer_until, DROP COLUMN asked_by, DROP COLUMN decided_by,
      DROP COLUMN decided_name, DROP COLUMN decided_at, DROP COLUMN reason, DROP COLUMN created_at,
      ALTER COLUMN person_id SET NOT NULL;`)
}
