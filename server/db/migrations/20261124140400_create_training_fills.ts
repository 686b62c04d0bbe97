/**
 * Copies for practice are filled with invented requests, by a loop that may be stopped at any point: what was asked, and how far it is.
 * Emptying one is the only deletion of cases there is, so the database itself looks whether the town is a copy: the server has no right
 * to delete a case, and the function refuses a real town whoever calls it.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE training_fills (
      tenant_id   text PRIMARY KEY REFERENCES tenants,
      generation  integer NOT NULL,      -- the how manieth filling this is: its requests are named after it
      phase       text NOT NULL CHECK (phase IN ('emptying', 'inviting', 'filling', 'done')),
      planned     integer NOT NULL,
      filed       integer NOT NULL,
      settled     integer NOT NULL,      -- are where they shall be
      accounts    jsonb NOT NULL DEFAULT '[]',
      asked_at    timestamptz NOT NULL,
      done_at     timestamptz
    );
    ALTER TABLE training_fills ENABLE ROW LEVEL SECURITY;
    ALTER TABLE training_fills FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_wall ON training_fills USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
    GRANT SELECT, INSERT, UPDATE ON training_fills TO salter_app;
    ${emptyTrainingCopy}`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION empty_training_copy(); DROP TABLE training_fills')
}

// Tables that come later are emptied too, without being named here. Which rows hold which is tried: what is still held by another table
// stays for the next round. Settings, units, procedures and the audit stay; so do the sessions of staff, who are looking at the page.
const emptyTrainingCopy = `
CREATE FUNCTION empty_training_copy() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  waiting  text[];
  held     text[];
  each     text;
BEGIN
  IF NOT EXISTS (SELECT FROM tenants WHERE tenant_id = current_tenant() AND settings->>'trainingOf' IS NOT NULL) THEN
    RAISE EXCEPTION 'only a copy for practice is emptied' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT array_agg(c.relname ORDER BY c.relname) INTO waiting
  FROM   pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
  WHERE  c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND  c.relname NOT IN ('tenants', 'units', 'packages', 'audit_entries', 'training_fills');
  WHILE cardinality(waiting) > 0 LOOP
    held := '{}';
    FOREACH each IN ARRAY waiting LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE tenant_id = current_tenant()', each)
          || CASE each WHEN 'sessions' THEN $q$ AND actor->>'kind' IS DISTINCT FROM 'staff'$q$ ELSE '' END;
        SET CONSTRAINTS ALL IMMEDIATE;
      EXCEPTION WHEN foreign_key_violation THEN
        held := held || each;
      END;
    END LOOP;
    IF cardinality(held) = cardinality(waiting) THEN
      RAISE EXCEPTION 'these tables hold each other: %', held;
    END IF;
    waiting := held;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION empty_training_copy() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION empty_training_copy() TO salter_app;`
