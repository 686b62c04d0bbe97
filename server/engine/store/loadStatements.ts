import type pg from 'pg'
import type { InstanceRow, JobRow, MessageRow, MessageStartRow, SignalSubscriptionRow, SubscriptionRow } from './rows.ts'
import { nothingFound, type DueRow, type Found, type Wanted } from './store.ts'

/** Brings all that is wanted in one go: a statement for each kind of thing, however many of it. */
export async function load(client: pg.Client, wanted: Wanted): Promise<Found> {
  const found = nothingFound()
  if (wanted.instances.length + wanted.instancesOf.length > 0) await loadInstances(client, wanted, found)
  if (wanted.correlationKeys.length > 0) await loadCorrelations(client, wanted, found)
  for (const { type, after, limit } of wanted.ready) {
    const { rows } = await client.query<{ key: string; instanceKey: string; ready: string }>(
      { name: 'load-ready', text: readyJobs, values: [type, after, limit] })
    found.ready.push({ type, jobs: rows })
  }
  if (wanted.running) {
    const { definitionKeys, except } = wanted.running
    const { rows } = await client.query<{ definitionKey: string; instanceKey: string }>(
      { name: 'load-running', text: runningInstances, values: [definitionKeys, except] })
    found.running = rows
  }
  if (wanted.receivers) {
    const { broadcastKey, signalName, after, limit } = wanted.receivers
    const { rows } = await client.query<SignalSubscriptionRow>(
      { name: 'load-receivers', text: receivers, values: [signalName, after, broadcastKey, limit] })
    found.receivers = rows
  }
  if (wanted.due) {
    const { rows } = await client.query<DueRow>({ name: 'load-due', text: dueMoments, values: [wanted.due.limit] })
    found.due = rows.map((row) => ({ ...row, dueAt: Number(row.dueAt) }))
  }
  return found
}

async function loadInstances(client: pg.Client, wanted: Wanted, found: Found): Promise<void> {
  const values = [wanted.instances, wanted.instancesOf]
  const instances = await client.query<InstanceRow>({ name: 'load-instances', text: instancesByKeys, values })
  found.instances = instances.rows
  const jobKeys = found.instances.flatMap((each) => each.jobKeys)
  if (jobKeys.length > 0) {
    const jobs = await client.query<JobRow>({ name: 'load-jobs', text: jobsByKeys, values: [jobKeys] })
    found.jobs = jobs.rows.map((row) => ({ ...row, dueAt: row.dueAt === null ? null : Number(row.dueAt) }))
  }
}

async function loadCorrelations(client: pg.Client, wanted: Wanted, found: Found): Promise<void> {
  const values = [wanted.correlationKeys]
  const subscriptions = await client.query<SubscriptionRow>({ name: 'load-subscriptions', text: subscriptionsByKeys, values })
  const messages = await client.query<MessageRow>({ name: 'load-messages', text: messagesByKeys, values })
  const messageStarts = await client.query<MessageStartRow>({ name: 'load-message-starts', text: messageStartsByKeys, values })
  found.correlations = {
    subscriptions: subscriptions.rows,
    messages: messages.rows.map((row) => ({ ...row, dueAt: Number(row.dueAt) })),
    messageStarts: messageStarts.rows,
  }
}

const instancesByKeys = `
  SELECT key, definition_key AS "definitionKey", job_keys AS "jobKeys", body
  FROM engine.instances
  WHERE key = ANY (ARRAY(
    SELECT unnest($1::bigint[])
    UNION SELECT unnest($2::bigint[])
    UNION SELECT instance_key FROM engine.jobs WHERE key = ANY ($2::bigint[])
    UNION SELECT instance_key FROM engine.incidents WHERE key = ANY ($2::bigint[])
    UNION SELECT instance_key FROM engine.elements WHERE key = ANY ($2::bigint[])
  ))`

const jobsByKeys = `
  SELECT key, instance_key AS "instanceKey", element_key AS "elementKey", type, state, retries, ready, due_at AS "dueAt",
    worker, headers, error
  FROM engine.jobs
  WHERE key = ANY ($1::bigint[])`

const subscriptionsByKeys = `
  SELECT key, instance_key AS "instanceKey", process_id AS "processId", message_name AS "messageName",
    correlation_key AS "correlationKey", opening
  FROM engine.subscriptions
  WHERE correlation_key = ANY ($1::text[])
  ORDER BY key`

const messagesByKeys = `
  SELECT key, name, correlation_key AS "correlationKey", message_id AS "messageId", due_at AS "dueAt", variables, correlated
  FROM engine.messages
  WHERE correlation_key = ANY ($1::text[])
  ORDER BY key`

const messageStartsByKeys = `
  SELECT correlation_key AS "correlationKey", process_id AS "processId", instance_key AS "instanceKey", ended
  FROM engine.message_starts
  WHERE correlation_key = ANY ($1::text[])`

const readyJobs = `
  SELECT key, instance_key AS "instanceKey", ready
  FROM engine.jobs
  WHERE type = $1 AND ready IS NOT NULL AND ready > $2
  ORDER BY ready
  LIMIT $3`

const runningInstances = `
  SELECT wanted.key AS "definitionKey", instance.key AS "instanceKey"
  FROM unnest($1::bigint[]) AS wanted (key)
  CROSS JOIN LATERAL (
    SELECT key FROM engine.instances WHERE definition_key = wanted.key AND key <> ALL ($2::bigint[]) LIMIT 1
  ) AS instance`

const receivers = `
  SELECT key, instance_key AS "instanceKey", signal_name AS "signalName"
  FROM engine.signal_subscriptions
  WHERE signal_name = $1 AND key > $2 AND key < $3
  ORDER BY key
  LIMIT $4`

const dueMoments = `
  (SELECT 'job' AS kind, key, instance_key::text AS owner, due_at AS "dueAt"
   FROM engine.jobs WHERE due_at IS NOT NULL ORDER BY due_at LIMIT $1)
  UNION ALL
  (SELECT 'timer', key, instance_key::text, due_at FROM engine.timers ORDER BY due_at LIMIT $1)
  UNION ALL
  (SELECT 'message', key, correlation_key, due_at FROM engine.messages ORDER BY due_at LIMIT $1)`
