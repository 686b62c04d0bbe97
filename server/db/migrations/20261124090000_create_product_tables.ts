/**
 * The product's tables, all of them, and the wall between tenants.
 * Why at once: row security that starts with the first table cannot be forgotten on the tenth.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  for (const table of tenantTables) await raiseWall(knex, table)
  await knex.raw(appendOnly)
  await knex.raw(openQuestions)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION IF EXISTS list_tenants(), tenants_with_work(timestamptz)')
  for (const table of [...tenantTables].reverse()) await knex.raw('DROP TABLE IF EXISTS ?? CASCADE', [table])
  await knex.raw('DROP FUNCTION IF EXISTS current_tenant(), refuse_change()')
}

/** In the order in which they refer to each other. */
export const tenantTables = [
  'tenants', 'organizations', 'units', 'people', 'accounts', 'mandates', 'packages', 'register_books', 'cases', 'register_entries',
  'case_parties', 'drafts', 'documents', 'document_versions', 'tasks', 'deadlines', 'timeline_entries', 'messages', 'deliveries',
  'payments', 'sessions', 'outbox', 'audit_entries',
]

async function raiseWall(knex: Knex, table: string): Promise<void> {
  await knex.raw('ALTER TABLE ?? ENABLE ROW LEVEL SECURITY', [table])
  // FORCE: the owner, too, sees nothing without a tenant.
  await knex.raw('ALTER TABLE ?? FORCE ROW LEVEL SECURITY', [table])
  await knex.raw('CREATE POLICY tenant_wall ON ?? USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', [table])
  await knex.raw('GRANT SELECT, INSERT, UPDATE, DELETE ON ?? TO salter_app', [table])
}

const tables = `
CREATE FUNCTION current_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('salter.tenant', true), '') $$;

CREATE TABLE tenants (
  tenant_id   text PRIMARY KEY CHECK (tenant_id ~ '^[a-z][a-z0-9-]{1,40}$'),
  -- the municipality as its configuration file tells it (processes/_municipalities)
  settings    jsonb NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE organizations (
  tenant_id       text NOT NULL REFERENCES tenants,
  id              uuid NOT NULL,
  kind            text NOT NULL,
  name            text NOT NULL,
  company_number  text,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE units (
  tenant_id  text NOT NULL REFERENCES tenants,
  id         text NOT NULL,
  prefix     text NOT NULL DEFAULT '',
  names      jsonb NOT NULL,
  parent_id  text,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE people (
  tenant_id        text NOT NULL REFERENCES tenants,
  id               uuid NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('person', 'company')),
  given_name       text NOT NULL DEFAULT '',
  family_name      text NOT NULL,
  -- keyed hash of the personal or company number: found by it, never read from it
  identifier_hash  bytea,
  -- what may be shown: dots and the last three digits
  identifier_mask  text,
  email            text,
  phone            text,
  address          jsonb,
  language         text NOT NULL,
  search_key       text NOT NULL,
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX people_identifier ON people (tenant_id, identifier_hash) WHERE identifier_hash IS NOT NULL;

CREATE TABLE accounts (
  tenant_id   text NOT NULL REFERENCES tenants,
  id          uuid NOT NULL,
  subject     text NOT NULL,  -- Keycloak's user id
  person_id   uuid NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, subject),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);

CREATE TABLE mandates (
  tenant_id      text NOT NULL REFERENCES tenants,
  id             uuid NOT NULL,
  person_id      uuid NOT NULL,
  for_person_id  uuid NOT NULL,
  kind           text NOT NULL,
  valid_from     date NOT NULL,
  valid_to       date,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people,
  FOREIGN KEY (tenant_id, for_person_id) REFERENCES people
);

CREATE TABLE packages (
  tenant_id    text NOT NULL REFERENCES tenants,
  procedure    text NOT NULL,
  version      integer NOT NULL,
  checksum     text NOT NULL,
  content      jsonb NOT NULL,
  deployed_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, procedure, version),
  UNIQUE (tenant_id, procedure, checksum)
);

CREATE TABLE register_books (
  tenant_id    text NOT NULL REFERENCES tenants,
  id           uuid NOT NULL,
  class        text NOT NULL,     -- register class or index; '' where the town keeps one series
  year         integer NOT NULL,
  last_number  integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, class, year)
);

CREATE TABLE cases (
  tenant_id         text NOT NULL REFERENCES tenants,
  id                uuid NOT NULL,
  procedure         text NOT NULL,
  package_version   integer NOT NULL,
  number            text NOT NULL,
  -- The number as it is looked up: no blanks, one letter case. A function in an index would not get past the wall.
  number_key        text NOT NULL,
  access_code_hash  bytea NOT NULL,
  status            text NOT NULL,
  outcome           text,
  language          text NOT NULL,
  channel           text NOT NULL,
  unit_id           text NOT NULL,
  applicant_id      uuid,          -- none for an anonymous petition
  account_id        uuid,          -- the account that filed it, when one did
  answers           jsonb NOT NULL,
  variables         jsonb NOT NULL DEFAULT '{}',
  fee_minor         integer,
  currency          text,
  delivery          text NOT NULL DEFAULT 'electronic',  -- how the act should come: electronic, post, pick-up
  client_key        uuid NOT NULL, -- one per form sent: the second click finds the first case
  draft_id          uuid NOT NULL, -- the draft it was made of: what is filed cannot be saved or filed again
  subject           text NOT NULL, -- the line a list shows
  search_key        text NOT NULL,
  acts              integer NOT NULL DEFAULT 0,
  filed_at          timestamptz NOT NULL,
  closed_at         timestamptz,
  changed_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  UNIQUE (tenant_id, client_key),
  UNIQUE (tenant_id, draft_id),
  FOREIGN KEY (tenant_id, unit_id) REFERENCES units,
  FOREIGN KEY (tenant_id, applicant_id) REFERENCES people,
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts,
  FOREIGN KEY (tenant_id, procedure, package_version) REFERENCES packages
);
CREATE INDEX cases_of_number_key ON cases (tenant_id, number_key);
CREATE INDEX cases_of_account ON cases (tenant_id, account_id, filed_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX cases_of_applicant ON cases (tenant_id, applicant_id, filed_at DESC);

CREATE TABLE register_entries (
  tenant_id      text NOT NULL REFERENCES tenants,
  id             uuid NOT NULL,
  book_id        uuid NOT NULL,
  sequence       integer NOT NULL,
  number         text NOT NULL,
  case_id        uuid NOT NULL,
  registered_at  timestamptz NOT NULL,
  content_hash   bytea NOT NULL,  -- SHA-256 of what was handed in
  annulled_at    timestamptz,     -- annulled, never deleted
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, book_id, sequence),
  FOREIGN KEY (tenant_id, book_id) REFERENCES register_books,
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE case_parties (
  tenant_id  text NOT NULL REFERENCES tenants,
  case_id    uuid NOT NULL,
  person_id  uuid NOT NULL,
  role       text NOT NULL,
  PRIMARY KEY (tenant_id, case_id, person_id, role),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);

CREATE TABLE drafts (
  tenant_id    text NOT NULL REFERENCES tenants,
  id           uuid NOT NULL,
  procedure    text NOT NULL,
  account_id   uuid,
  -- an anonymous visitor's draft opens with a secret of its own, kept in a cookie
  secret_hash  bytea,
  answers      jsonb NOT NULL DEFAULT '{}',
  applicant    jsonb NOT NULL DEFAULT '{}',
  page         integer NOT NULL DEFAULT 0,
  changed_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  discarded_at timestamptz,       -- thrown away: empty until it is swept, so that a save that comes late does not bring it back
  PRIMARY KEY (tenant_id, id),
  CHECK (account_id IS NOT NULL OR secret_hash IS NOT NULL),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts
);
CREATE INDEX drafts_of_account ON drafts (tenant_id, account_id, changed_at DESC);
CREATE INDEX drafts_of_secret ON drafts (tenant_id, secret_hash, changed_at DESC) WHERE secret_hash IS NOT NULL;
CREATE INDEX drafts_expiring ON drafts (tenant_id, expires_at);

CREATE TABLE documents (
  tenant_id       text NOT NULL REFERENCES tenants,
  id              uuid NOT NULL,
  case_id         uuid,
  draft_id        uuid,
  kind            text NOT NULL CHECK (kind IN ('upload', 'receipt', 'act')),
  title           text NOT NULL,
  field           text,            -- the form field or documents.<id> it answers
  number          text,            -- an act's own number
  letter          text,
  verify_code     text,            -- public: printed under the QR code of an act
  made_for        text,            -- job key: an act is made once, however often its job comes
  for_citizen     boolean NOT NULL DEFAULT true,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, draft_id) REFERENCES drafts ON DELETE SET NULL (draft_id)
);
CREATE INDEX documents_of_case ON documents (tenant_id, case_id, created_at);
CREATE INDEX documents_of_draft ON documents (tenant_id, draft_id) WHERE draft_id IS NOT NULL;
CREATE UNIQUE INDEX documents_verify_code ON documents (tenant_id, verify_code) WHERE verify_code IS NOT NULL;
CREATE UNIQUE INDEX documents_made_for ON documents (tenant_id, made_for) WHERE made_for IS NOT NULL;

CREATE TABLE document_versions (
  tenant_id    text NOT NULL REFERENCES tenants,
  document_id  uuid NOT NULL,
  version      integer NOT NULL,
  file_name    text NOT NULL,
  media_type   text NOT NULL,
  size_bytes   integer NOT NULL,
  sha256       bytea NOT NULL,
  storage_key  text NOT NULL,
  created_by   text NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, document_id, version),
  FOREIGN KEY (tenant_id, document_id) REFERENCES documents
);

CREATE TABLE tasks (
  tenant_id             text NOT NULL REFERENCES tenants,
  id                    uuid NOT NULL,
  case_id               uuid NOT NULL,
  job_key               text NOT NULL,
  element_id            text NOT NULL,
  element_instance_key  text NOT NULL,
  form_id               text,
  unit_id               text,            -- from candidateGroups
  unit_named            boolean NOT NULL DEFAULT true,  -- false: no unit was named, it is the case's own, and the role alone decides
  role                  text,            -- from candidateGroups, 'role:registrar'
  holder                text,            -- Keycloak's user id
  holder_name           text,
  taken_at              timestamptz,
  status                text NOT NULL CHECK (status IN ('open', 'completing', 'completed', 'gone')),
  gone_reason           text,
  draft                 jsonb,
  draft_saved_at        timestamptz,
  answers               jsonb,
  due_at                timestamptz NOT NULL,
  created_at            timestamptz NOT NULL,
  completed_at          timestamptz,
  proved_at             timestamptz NOT NULL,  -- when the engine last said that the job lives
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, job_key),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, unit_id) REFERENCES units
);
-- One index for each list of the inbox, in the order in which it is read: by term, then by id.
CREATE INDEX tasks_open_of_unit   ON tasks (tenant_id, unit_id, due_at, id) WHERE status = 'open';
CREATE INDEX tasks_open_of_role   ON tasks (tenant_id, role, due_at, id)    WHERE status = 'open' AND NOT unit_named;
CREATE INDEX tasks_open_of_holder ON tasks (tenant_id, holder, due_at, id)  WHERE status = 'open';
CREATE INDEX tasks_open           ON tasks (tenant_id, due_at, id)          WHERE status = 'open';
CREATE INDEX tasks_of_case        ON tasks (tenant_id, case_id, created_at);
CREATE INDEX tasks_to_prove       ON tasks (tenant_id, proved_at)           WHERE status IN ('open', 'completing');

CREATE TABLE deadlines (
  tenant_id        text NOT NULL REFERENCES tenants,
  id               uuid NOT NULL,
  case_id          uuid NOT NULL,
  kind             text NOT NULL,
  rule             jsonb NOT NULL,      -- the dated rule as it stood when the term began, with its legal basis
  starts_at        timestamptz NOT NULL,
  due_at           timestamptz NOT NULL,
  suspended_since  timestamptz,
  suspensions      jsonb NOT NULL DEFAULT '[]',
  extended_at      timestamptz,
  ended_at         timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);
CREATE INDEX deadlines_of_case ON deadlines (tenant_id, case_id);

CREATE TABLE timeline_entries (
  tenant_id    text NOT NULL REFERENCES tenants,
  id           uuid NOT NULL,
  case_id      uuid NOT NULL,
  at           timestamptz NOT NULL,
  kind         text NOT NULL,           -- text key: timeline.<kind>
  facts        jsonb NOT NULL DEFAULT '{}',
  actor_name   text,
  for_citizen  boolean NOT NULL,
  only_once    text,                    -- what a repeated job must not tell again
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);
CREATE INDEX timeline_of_case ON timeline_entries (tenant_id, case_id, at, id);
CREATE UNIQUE INDEX timeline_only_once ON timeline_entries (tenant_id, only_once) WHERE only_once IS NOT NULL;

CREATE TABLE messages (
  tenant_id    text NOT NULL REFERENCES tenants,
  id           uuid NOT NULL,
  case_id      uuid,
  channel      text NOT NULL,
  direction    text NOT NULL CHECK (direction IN ('in', 'out')),
  kind         text NOT NULL,
  address      text NOT NULL,
  language     text NOT NULL,
  subject      text NOT NULL DEFAULT '',
  body         text NOT NULL,
  attachments  jsonb NOT NULL DEFAULT '[]',  -- document ids
  only_once    text,                         -- a message that a repeated job must not send again
  status       text NOT NULL CHECK (status IN ('waiting', 'sent', 'failed', 'received')),
  attempts     integer NOT NULL DEFAULT 0,
  last_error   text,
  created_at   timestamptz NOT NULL,
  sent_at      timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);
CREATE INDEX messages_of_case ON messages (tenant_id, case_id, created_at);
CREATE UNIQUE INDEX messages_only_once ON messages (tenant_id, only_once) WHERE only_once IS NOT NULL;

CREATE TABLE deliveries (
  tenant_id     text NOT NULL REFERENCES tenants,
  id            uuid NOT NULL,
  case_id       uuid NOT NULL,
  document_id   uuid NOT NULL,
  method        text NOT NULL,
  status        text NOT NULL CHECK (status IN ('offered', 'received', 'failed')),
  offered_at    timestamptz NOT NULL,
  received_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, document_id, method),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases,
  FOREIGN KEY (tenant_id, document_id) REFERENCES documents
);

CREATE TABLE payments (
  tenant_id     text NOT NULL REFERENCES tenants,
  id            uuid NOT NULL,
  case_id       uuid NOT NULL,
  amount_minor  integer NOT NULL,
  currency      text NOT NULL,
  reference     text NOT NULL,
  status        text NOT NULL,
  created_at    timestamptz NOT NULL,
  paid_at       timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);

CREATE TABLE sessions (
  tenant_id    text NOT NULL REFERENCES tenants,
  id_hash      bytea NOT NULL,          -- SHA-256 of the cookie: a stolen table opens no session
  kind         text NOT NULL CHECK (kind IN ('login', 'code')),
  subject      text,                    -- Keycloak's user id
  keycloak_session  text,
  grant_sealed bytea,                   -- Keycloak's tokens, encrypted
  actor        jsonb NOT NULL,
  case_id      uuid,                    -- the one case that number and code opened
  created_at   timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id_hash),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases
);
CREATE INDEX sessions_expiring ON sessions (tenant_id, expires_at);
CREATE INDEX sessions_of_keycloak ON sessions (tenant_id, keycloak_session) WHERE keycloak_session IS NOT NULL;
CREATE INDEX sessions_of_subject ON sessions (tenant_id, subject) WHERE subject IS NOT NULL;

CREATE TABLE outbox (
  tenant_id     text NOT NULL REFERENCES tenants,
  id            uuid NOT NULL,
  kind          text NOT NULL,          -- publish-message, complete-job, send-message
  payload       jsonb NOT NULL,
  created_at    timestamptz NOT NULL,
  next_at       timestamptz NOT NULL,
  attempts      integer NOT NULL DEFAULT 0,
  last_error    text,
  delivered_at  timestamptz,
  stalled_at    timestamptz,            -- too old to be sent safely: a person decides
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_waiting ON outbox (tenant_id, next_at) WHERE delivered_at IS NULL AND stalled_at IS NULL;

CREATE TABLE audit_entries (
  tenant_id      text NOT NULL REFERENCES tenants,
  sequence       bigint NOT NULL,
  at             timestamptz NOT NULL,
  actor          text NOT NULL,
  for_whom       text,
  action         text NOT NULL,
  subject        text NOT NULL,
  reason         text,
  facts          jsonb NOT NULL DEFAULT '{}',
  previous_hash  bytea NOT NULL,
  hash           bytea NOT NULL,
  PRIMARY KEY (tenant_id, sequence)
);
`

const appendOnly = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE ON audit_entries FROM salter_app;
-- What was registered stays as it was registered, and what was told in a history stays told: the server has no right to either.
REVOKE UPDATE, DELETE ON register_entries, timeline_entries FROM salter_app;
GRANT UPDATE (annulled_at) ON register_entries TO salter_app;
`

// Two questions no tenant can answer about itself: which tenants are there, and which of them have work for a loop.
// They say ids and public settings only. The wall is forced on the owner too, so each function needs a door of its own:
// it runs as the owner, for whom one reading policy each stands open.
const openQuestions = `
CREATE POLICY owner_lists ON tenants FOR SELECT TO salter_owner USING (true);
CREATE FUNCTION list_tenants() RETURNS TABLE (tenant_id text, settings jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT tenant_id, settings FROM tenants ORDER BY tenant_id $$;
CREATE POLICY owner_looks_for_work ON outbox FOR SELECT TO salter_owner USING (true);
CREATE FUNCTION tenants_with_work(at timestamptz) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT tenant_id FROM outbox WHERE delivered_at IS NULL AND stalled_at IS NULL AND next_at <= at $$;
REVOKE ALL ON FUNCTION list_tenants(), tenants_with_work(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_tenants(), tenants_with_work(timestamptz), current_tenant() TO salter_app;
GRANT USAGE ON SCHEMA public TO salter_app;
`
