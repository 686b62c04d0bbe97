/**
 * The history of the engine lies in one partition per month, so that a month kept long enough is let go of at once, whatever it holds.
 * The engine makes the months itself as time goes on; what was there before waits in the default partition until it starts.
 * Breaking: an engine of before this migration writes rows that the new table does not take.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(monthly)
  await knex.raw(moveToMonthly)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(single)
  await knex.raw(moveToSingle)
}

// The time stands in the primary key because PostgreSQL asks it of partitions. An instance writes one row that is not 'running'
// at its end, so each finished instance has one entry in one of the partial indexes, and a canceled one a second.
const monthly = `
ALTER TABLE engine.history RENAME TO history_former;
ALTER TABLE engine.history_former RENAME CONSTRAINT history_pkey TO history_former_pkey;

CREATE TABLE engine.history (
  instance_key   bigint  NOT NULL,
  chunk          integer NOT NULL,
  definition_key bigint  NOT NULL,
  process_id     text    NOT NULL,
  version        integer NOT NULL,
  outcome        text    NOT NULL,
  written_at     bigint  NOT NULL,
  body           text    NOT NULL,
  PRIMARY KEY (instance_key, chunk, written_at)
) PARTITION BY RANGE (written_at);
CREATE INDEX history_completed ON engine.history (definition_key, instance_key) WHERE outcome = 'completed';
CREATE INDEX history_terminated ON engine.history (definition_key, instance_key) WHERE outcome = 'terminated';
CREATE INDEX history_terminated_keys ON engine.history (instance_key) WHERE outcome = 'terminated';

CREATE TABLE engine.history_default PARTITION OF engine.history DEFAULT;
`

// The former body was ["definition",started,[entries]]{variables}; no identifier holds brackets, so ]]{ marks where it is cut.
// The new one has three parts with a control character between them: [started,caller], [entries], {variables}.
const moveToMonthly = `
INSERT INTO engine.history (instance_key, chunk, definition_key, process_id, version, outcome, written_at, body)
SELECT instance_key, chunk, split_part(body, '"', 2)::bigint, process_id, version, outcome, written_at,
  '[' || split_part(body, ',', 2) || ',0]'
  || E'\\x01' || substring(body FROM strpos(body, ',[') + 1 FOR cut - strpos(body, ',['))
  || E'\\x01' || substring(body FROM cut + 2)
FROM engine.history_former,
  LATERAL (SELECT CASE WHEN strpos(body, ']]{') > 0 THEN strpos(body, ']]{') ELSE length(body) - 1 END AS cut) AS cuts;
DROP TABLE engine.history_former;
`

const single = `
ALTER TABLE engine.history RENAME TO history_monthly;
ALTER TABLE engine.history_monthly RENAME CONSTRAINT history_pkey TO history_monthly_pkey;

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

const moveToSingle = `
INSERT INTO engine.history (instance_key, chunk, process_id, version, outcome, written_at, body)
SELECT instance_key, chunk, process_id, version, outcome, written_at,
  '["' || definition_key || '",' || split_part(substring(body FROM 2), ',', 1) || ','
  || split_part(body, E'\\x01', 2) || ']' || split_part(body, E'\\x01', 3)
FROM engine.history_monthly;
DROP TABLE engine.history_monthly;
`
