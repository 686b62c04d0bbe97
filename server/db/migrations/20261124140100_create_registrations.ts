/**
 * A citizen's account begins as a case: where its activation stands, what the person agreed to about electronic delivery, and which
 * clerk saw whose identity card. The link of the mail is kept as a hash only; the code of the slip is not kept at all.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of walled) {
    await knex.raw('ALTER TABLE ?? ENABLE ROW LEVEL SECURITY', [table])
    await knex.raw('ALTER TABLE ?? FORCE ROW LEVEL SECURITY', [table])
    await knex.raw('CREATE POLICY tenant_wall ON ?? USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', [table])
    // Nothing here is ever deleted by the server.
    await knex.raw('GRANT SELECT, INSERT, UPDATE ON ?? TO salter_app', [table])
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [...walled].reverse()) await knex.raw('DROP TABLE ??', [table])
}

const walled = ['registrations', 'consents', 'identity_checks']

const tables = `
CREATE TABLE registrations (
  tenant_id        text NOT NULL REFERENCES tenants,
  case_id          uuid NOT NULL,
  person_id        uuid NOT NULL,
  state            text NOT NULL,
  -- the user name, and where the link goes
  email            text NOT NULL,
  -- keyed hash of the number as it was given: two registrations of one person are seen by it
  identifier_hash  bytea,
  subject          text,         -- Keycloak's id of the account, while there is one
  token_hash       bytea,        -- SHA-256 of the last link's token
  link_until       timestamptz,  -- until when that link works
  letters          integer NOT NULL DEFAULT 0,  -- how many links were sent
  last_letter_job  text,         -- the job that sent the last one: the same job again sends nothing
  tries            integer NOT NULL DEFAULT 0,  -- wrong codes with the last link
  started_at       timestamptz NOT NULL,
  changed_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CREATE UNIQUE INDEX registrations_of_link ON registrations (tenant_id, token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX registrations_of_number ON registrations (tenant_id, identifier_hash) WHERE identifier_hash IS NOT NULL;
CREATE INDEX registrations_of_email ON registrations (tenant_id, lower(email));
CREATE INDEX registrations_of_person ON registrations (tenant_id, person_id);

CREATE TABLE consents (
  tenant_id     text NOT NULL REFERENCES tenants,
  id            uuid NOT NULL,
  person_id     uuid NOT NULL,
  kind          text NOT NULL,     -- e-delivery
  given         boolean NOT NULL,  -- also a no is written down: it was asked
  text_version  text NOT NULL,
  given_at      timestamptz NOT NULL,
  case_id       uuid,
  recorded_by   text NOT NULL,     -- the clerk who read it out, or the person's own visit
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people,
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);
CREATE INDEX consents_of_person ON consents (tenant_id, person_id, given_at DESC);

CREATE TABLE identity_checks (
  tenant_id      text NOT NULL REFERENCES tenants,
  id             uuid NOT NULL,
  person_id      uuid NOT NULL,
  document_kind  text NOT NULL,
  document_end   text NOT NULL,  -- last characters of the document's number; more is not kept
  checked_at     timestamptz NOT NULL,
  checked_by     text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CREATE INDEX identity_checks_of_person ON identity_checks (tenant_id, person_id, checked_at DESC);
`
