/** Rows by their keys, for the read API. The head of a body has no variables, so a long list does not carry them along. */
import { MOST_STRETCHES } from './reader.ts'

export const definitions = `
  SELECT key, process_id AS "processId", version, resource_name AS "resourceName", deployed_at AS "deployedAt", name,
    EXISTS (SELECT FROM engine.deleted_resources d WHERE d.key = definitions.key) AS "isDeleted"
  FROM engine.definitions
  WHERE ($1::bigint[] IS NULL OR key = ANY ($1))
    AND ($2::text[] IS NULL OR process_id = ANY ($2))
    AND ($3::text IS NULL OR starts_with(process_id, $3))
  ORDER BY key`

export const definitionXml = 'SELECT xml FROM engine.definitions WHERE key = $1::bigint'

export const activeInstances = `
  SELECT key, definition_key AS "definitionKey", split_part(body, E'\\x01', 1) AS head
  FROM engine.instances
  WHERE key = ANY ($1::bigint[])`

export const endedInstances = `
  SELECT instance_key AS key, definition_key AS "definitionKey", process_id AS "processId", version, outcome,
    written_at AS "writtenAt", split_part(body, E'\\x01', 1) AS head
  FROM engine.history
  WHERE instance_key = ANY ($1::bigint[]) AND outcome <> 'running'`

// A task's job has the key after the task's.
export const incidents = `
  SELECT i.key, i.instance_key AS "instanceKey", i.element_key AS "elementKey", i.element_id AS "elementId", i.type, i.message,
    i.created_at AS "createdAt", n.definition_key AS "definitionKey", j.key AS "jobKey"
  FROM engine.incidents i
  JOIN engine.instances n ON n.key = i.instance_key
  LEFT JOIN engine.jobs j ON j.key = i.element_key + 1 AND j.element_key = i.element_key
  WHERE i.key = ANY ($1::bigint[])`

export const jobs = `
  SELECT j.key, j.instance_key AS "instanceKey", j.element_key AS "elementKey", j.type, j.state, j.retries, j.ready, j.due_at AS "dueAt",
    j.worker, j.headers, j.error, n.definition_key AS "definitionKey", split_part(n.body, E'\\x01', 1) AS head
  FROM engine.jobs j
  JOIN engine.instances n ON n.key = j.instance_key
  WHERE j.key = ANY ($1::bigint[])`

export const wholeInstance = 'SELECT definition_key AS "definitionKey", body FROM engine.instances WHERE key = $1::bigint'

export const pastOfInstance = `
  SELECT chunk, definition_key AS "definitionKey", outcome, body
  FROM engine.history
  WHERE instance_key = $1::bigint
  ORDER BY chunk DESC
  LIMIT ${MOST_STRETCHES + 1}`
