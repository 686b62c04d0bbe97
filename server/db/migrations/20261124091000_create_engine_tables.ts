/**
 * The engine's own tables, in a schema of their own: no other room reads them.
 * Why so few and so narrow: a process instance is one row, whatever it holds; beside it stand thin rows only for what is
 * looked up by something else than its instance (a job by type, a timer by time, a message by correlation key).
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP SCHEMA IF EXISTS engine CASCADE')
}

// Moments are bigint milliseconds since 1970: they come from the engine's clock, which tests move, and never from now().
// Fillfactor leaves room on the page, so that an instance that moves on is rewritten in place.
const tables = `
CREATE SCHEMA IF NOT EXISTS engine;

CREATE TABLE engine.lease (
  id            smallint PRIMARY KEY CHECK (id = 1),
  epoch         bigint   NOT NULL,
  beat          bigint   NOT NULL,
  last_key      bigint   NOT NULL,
  holder        text,
  backend_pid   integer,
  backend_start timestamptz
) WITH (fillfactor = 10);
INSERT INTO engine.lease (id, epoch, beat, last_key) VALUES (1, 0, 0, 1::bigint << 51);

CREATE TABLE engine.definitions (
  key           bigint  PRIMARY KEY,
  process_id    text    NOT NULL,
  version       integer NOT NULL,
  resource_name text    NOT NULL,
  checksum      text    NOT NULL,
  deployed_at   bigint  NOT NULL,
  message_starts text   NOT NULL,
  xml           text    NOT NULL,
  UNIQUE (process_id, version)
);

CREATE TABLE engine.forms (
  key           bigint  PRIMARY KEY,
  form_id       text    NOT NULL,
  version       integer NOT NULL,
  resource_name text    NOT NULL,
  checksum      text    NOT NULL,
  deployed_at   bigint  NOT NULL,
  content       text    NOT NULL,
  UNIQUE (form_id, version)
);

CREATE TABLE engine.instances (
  key            bigint PRIMARY KEY,
  definition_key bigint NOT NULL,
  job_keys       bigint[] NOT NULL,
  body           text   NOT NULL
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE engine.elements (
  key          bigint PRIMARY KEY,
  instance_key bigint NOT NULL
);

CREATE TABLE engine.jobs (
  key          bigint   PRIMARY KEY,
  instance_key bigint   NOT NULL,
  element_key  bigint   NOT NULL,
  type         text     NOT NULL,
  state        text     NOT NULL,
  retries      integer  NOT NULL,
  ready        bigint,
  due_at       bigint,
  worker       text     NOT NULL,
  headers      text     NOT NULL,
  error        text     NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX jobs_ready ON engine.jobs (type, ready) WHERE ready IS NOT NULL;
CREATE INDEX jobs_due ON engine.jobs (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE engine.timers (
  key          bigint PRIMARY KEY,
  instance_key bigint NOT NULL,
  due_at       bigint NOT NULL
);
CREATE INDEX timers_due ON engine.timers (due_at);

CREATE TABLE engine.subscriptions (
  key             bigint  PRIMARY KEY,
  instance_key    bigint  NOT NULL,
  process_id      text    NOT NULL,
  message_name    text    NOT NULL,
  correlation_key text    NOT NULL,
  opening         boolean NOT NULL
);
CREATE INDEX subscriptions_correlation ON engine.subscriptions (correlation_key);
CREATE INDEX subscriptions_opening ON engine.subscriptions (key) WHERE opening;

CREATE TABLE engine.messages (
  key             bigint PRIMARY KEY,
  name            text   NOT NULL,
  correlation_key text   NOT NULL,
  message_id      text   NOT NULL,
  due_at          bigint NOT NULL,
  variables       text   NOT NULL,
  correlated      text   NOT NULL
);
CREATE INDEX messages_correlation ON engine.messages (correlation_key);
CREATE INDEX messages_due ON engine.messages (due_at);

CREATE TABLE engine.message_starts (
  correlation_key text    NOT NULL,
  process_id      text    NOT NULL,
  instance_key    bigint  NOT NULL,
  ended           boolean NOT NULL,
  PRIMARY KEY (correlation_key, process_id)
);
CREATE INDEX message_starts_ended ON engine.message_starts (process_id) WHERE ended;

CREATE TABLE engine.incidents (
  key          bigint PRIMARY KEY,
  instance_key bigint NOT NULL,
  element_key  bigint NOT NULL,
  element_id   text   NOT NULL,
  type         text   NOT NULL,
  message      text   NOT NULL,
  created_at   bigint NOT NULL
);
CREATE INDEX incidents_instance ON engine.incidents (instance_key);

CREATE TABLE engine.history (
  instance_key bigint  NOT NULL,
  chunk        integer NOT NULL,
  process_id   text    NOT NULL,
  version      integer NOT NULL,
  outcome      text    NOT NULL,
  written_at   bigint  NOT NULL,
  body         text    NOT NULL,
  PRIMARY KEY (instance_key, chunk)
);
`
