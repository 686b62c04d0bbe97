/**
 * People are found by name in any script, told apart by birthday, and two rows that are one person become one and can be parted again.
 * Why a function: row security keeps trigram indexes from being used (a LIKE is not leakproof, so the wall would have to be asked
 * first, row by row), so the two questions about names run as the owner, with the tenant as their first condition. They answer ids.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(columns)
  await knex.raw(search)
  await knex.raw(merges)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE person_notes, person_merges;
    DROP FUNCTION find_people(text[], integer), people_named_like(text, integer), find_people_statement(text[], integer),
      people_named_like_statement(text, integer);
    DROP POLICY owner_searches ON people;
    DROP INDEX people_words, people_born, people_email, people_phone, people_merged;
    ALTER TABLE people DROP CONSTRAINT merged_into_another, DROP CONSTRAINT merged_into_person,
      DROP COLUMN born_on, DROP COLUMN merged_into, DROP COLUMN email_key, DROP COLUMN phone_key;
    DROP INDEX accounts_of_person, parties_of_person;
    DROP EXTENSION btree_gin, pg_trgm`)
}

const columns = `
ALTER TABLE people
  ADD COLUMN born_on      date,  -- from a number that is proven, or from a paper that staff have seen
  ADD COLUMN merged_into  uuid,  -- this row and that one are one person; nothing points here any more
  -- Contact as it is compared: a number without its prefix, with or without blanks.
  ADD COLUMN email_key    text GENERATED ALWAYS AS (nullif(lower(btrim(email)), '')) STORED,
  ADD COLUMN phone_key    text GENERATED ALWAYS AS
    (CASE WHEN length(regexp_replace(phone, '\\D', '', 'g')) >= 6 THEN right(regexp_replace(phone, '\\D', '', 'g'), 8) END) STORED,
  ADD CONSTRAINT merged_into_person FOREIGN KEY (tenant_id, merged_into) REFERENCES people,
  -- A number is found at one row only, and that is the one that lives.
  ADD CONSTRAINT merged_into_another CHECK (merged_into IS NULL OR (merged_into <> id AND identifier_hash IS NULL));
CREATE INDEX people_born ON people (tenant_id, born_on) WHERE born_on IS NOT NULL;
CREATE INDEX people_email ON people (tenant_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX people_phone ON people (tenant_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX people_merged ON people (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
-- All that a person has, and all that moves when two rows become one.
CREATE INDEX accounts_of_person ON accounts (tenant_id, person_id);
CREATE INDEX parties_of_person ON case_parties (tenant_id, person_id);
`

// The statements are functions of their own, so that a test can ask for the plan of the very text that runs. A text per question, not
// one with parameters: LIKE ALL (array) uses no index, and the planner must see the words to know the rare one.
const search = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
-- The tenant stands in the index: the names of a hundred towns are not read to find one town's.
CREATE INDEX people_words ON people USING gin (tenant_id, (' ' || search_key) gin_trgm_ops);

CREATE FUNCTION find_people_statement(patterns text[], most integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'SELECT coalesce(merged_into, id) FROM people WHERE tenant_id = current_tenant() AND '
      || (SELECT string_agg(format('(%L || search_key) LIKE %L', ' ', pattern), ' AND ') FROM unnest(patterns) AS pattern)
      || format(' GROUP BY 1 ORDER BY min(search_key), 1 LIMIT %s', most) $$;
CREATE FUNCTION people_named_like_statement(key text, most integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('SELECT id FROM people WHERE tenant_id = current_tenant() AND (%L || search_key) %% %L AND merged_into IS NULL
                 ORDER BY similarity(search_key, %2$L) DESC, id LIMIT %3$s', ' ', key, most) $$;

CREATE POLICY owner_searches ON people FOR SELECT TO salter_owner USING (true);
-- The people whose names have words that begin so, each pattern once; who was merged leads to the row that stayed.
CREATE FUNCTION find_people(patterns text[], most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ BEGIN RETURN QUERY EXECUTE find_people_statement(patterns, most); END $$;
-- The people whose names share the most letters in threes with this one, the nearest first. 0.4: two names of three letters each, one of
-- them mistyped, share 5 of 11; at the usual 0.3 every Jelena with a name in -ović is looked at (100,000 rows: 4 times as slow).
CREATE FUNCTION people_named_like(key text, most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET pg_trgm.similarity_threshold = 0.4
  AS $$ BEGIN RETURN QUERY EXECUTE people_named_like_statement(key, most); END $$;
REVOKE ALL ON FUNCTION find_people(text[], integer), people_named_like(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_people(text[], integer), people_named_like(text, integer) TO salter_app;
`

const merges = `
CREATE TABLE person_merges (
  tenant_id      text NOT NULL REFERENCES tenants,
  id             uuid NOT NULL,
  kept_id        uuid NOT NULL,
  merged_id      uuid NOT NULL,
  -- both rows before, and the kept one after: what parting them again puts back
  kept_before    jsonb NOT NULL,
  merged_before  jsonb NOT NULL,
  kept_after     jsonb NOT NULL,
  -- what pointed to the merged row: reference → keys of rows
  moved          jsonb NOT NULL,
  reason         text NOT NULL,
  merged_at      timestamptz NOT NULL,
  merged_by      text NOT NULL,
  -- offices and roles by which they were allowed: what the citizen is told
  merged_as      jsonb NOT NULL,
  undone_at      timestamptz,
  undone_by      text,
  undone_as      jsonb,
  undo_reason    text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, kept_id) REFERENCES people,
  FOREIGN KEY (tenant_id, merged_id) REFERENCES people
);
CREATE INDEX merges_of_kept ON person_merges (tenant_id, kept_id, merged_at DESC);
CREATE UNIQUE INDEX merges_of_merged ON person_merges (tenant_id, merged_id) WHERE undone_at IS NULL;

-- What the office writes down about dealing with a person: read by the person on request, so written as if they stood beside.
CREATE TABLE person_notes (
  tenant_id   text NOT NULL REFERENCES tenants,
  id          uuid NOT NULL,
  person_id   uuid NOT NULL,
  note        text NOT NULL,
  written_at  timestamptz NOT NULL,
  written_by  text NOT NULL,
  by_name     text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CREATE INDEX notes_of_person ON person_notes (tenant_id, person_id, written_at DESC);
${['person_merges', 'person_notes'].map(wall).join('')}`

function wall(table: string): string {
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON ${table} USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON ${table} TO salter_app;`
}
