import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../db/transaction.ts'
import type { NewTimelineEntry, TimelineEntry } from '../timeline.ts'
import { ours } from './ours.ts'

/** Writes one entry; answers false when `onlyOnce` has been written before. */
export async function insertTimeline(trx: Transaction, entry: NewTimelineEntry): Promise<boolean> {
  const written = await trx('timeline_entries')
    .insert({
      tenant_id: ours(trx),
      id: uuidv7(),
      case_id: entry.caseId,
      at: new Date(entry.atMs),
      kind: entry.kind,
      facts: JSON.stringify(entry.facts ?? {}),
      actor_name: entry.actorName || null,
      for_name: entry.forName || null,
      for_citizen: !entry.staffOnly,
      only_once: entry.onlyOnce ?? null,
    })
    .onConflict(trx.raw('(tenant_id, only_once) WHERE only_once IS NOT NULL'))
    .ignore()
    .returning('id')
  return written.length === 1
}

/** The case's history, oldest first. */
export async function timelineOf(trx: Transaction, caseId: string): Promise<TimelineEntry[]> {
  const rows: TimelineRow[] = await trx('timeline_entries').where({ case_id: caseId }).orderBy(['at', 'id'])
  return rows.map(toTimelineEntry)
}

interface TimelineRow {
  id: string
  case_id: string
  at: Date
  kind: TimelineEntry['kind']
  facts: TimelineEntry['facts']
  actor_name: string | null
  for_name: string | null
  for_citizen: boolean
}

function toTimelineEntry(row: TimelineRow): TimelineEntry {
  return {
    id: row.id,
    caseId: row.case_id,
    at: row.at,
    kind: row.kind,
    facts: row.facts,
    actorName: row.actor_name,
    forName: row.for_name,
    forCitizen: row.for_citizen,
  }
}
