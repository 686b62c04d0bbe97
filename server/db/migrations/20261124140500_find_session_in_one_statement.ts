/**
 * Every request asks whose session its cookie opens. By a transaction that is four round trips (begin, tenant, row, commit); the function
 * names the tenant itself and answers in one. It runs with the rights of whoever calls it, so the wall holds inside as it does outside,
 * and the tenant it names ends with the statement.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION find_session(of_tenant text, hash bytea, wanted text) RETURNS SETOF sessions
      LANGUAGE plpgsql VOLATILE SECURITY INVOKER
      AS $$ BEGIN
        PERFORM set_config('salter.tenant', of_tenant, true);
        RETURN QUERY SELECT * FROM public.sessions WHERE id_hash = hash AND kind = wanted;
      END $$;
    REVOKE ALL ON FUNCTION find_session(text, bytea, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION find_session(text, bytea, text) TO salter_app;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION find_session(text, bytea, text)')
}
