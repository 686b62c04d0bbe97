/** What the read API asks of the store. Two twins: `postgresReader` and `memoryReader`. Neither ever meets the writer. */
import type { Key } from '../key.ts'
import type { Caller, HistoryEntry } from '../state/instance.ts'
import type { ElementFacts, InstanceFacts } from '../state/instanceBody.ts'
import type { DefinitionRow, IncidentRow, JobRow, JobState } from '../store/rows.ts'

export interface Reader {
  /** Everything that `look` asks is answered as of one moment. */
  read<Answer>(look: (view: View) => Promise<Answer>): Promise<Answer>
  close(): Promise<void>
}

/** All lists that may be long, each found by its keys and nothing that would have to read it whole. */
export interface Filters {
  active: InstanceFilter & { readonly withIncident?: boolean }
  completed: InstanceFilter
  terminated: InstanceFilter
  incidents: { readonly keys?: readonly Key[]; readonly instanceKeys?: readonly Key[]; readonly definitionKeys?: readonly Key[] }
  jobs: Filters['incidents'] & { readonly states?: readonly JobState[]; readonly types?: readonly string[] }
}

export interface InstanceFilter {
  readonly keys?: readonly Key[]
  readonly definitionKeys?: readonly Key[]
}

export type ListName = keyof Filters

/** A stretch of a list in the order of its keys. */
export interface Stretch {
  readonly after?: Key
  readonly order: 'ASC' | 'DESC'
  readonly limit: number
}

export interface DefinitionFilter {
  readonly keys?: readonly Key[]
  readonly processIds?: readonly string[]
  /** What the process id begins with. */
  readonly processIdPrefix?: string
}

export interface DefinitionFacts extends Omit<DefinitionRow, 'xml' | 'messageStarts' | 'signalStarts' | 'checksum'> {
  /** Known by its key still, because the past tells of it; in no list of what can be started. */
  readonly isDeleted: boolean
}

export interface ActiveInstance extends InstanceFacts {
  readonly key: Key
  readonly definitionKey: Key
}

export interface EndedInstance {
  readonly key: Key
  readonly definitionKey: Key
  readonly processId: string
  readonly version: number
  readonly outcome: 'completed' | 'terminated'
  readonly startedAt: number
  readonly endedAt: number
  readonly caller: Caller | null
}

export interface FoundIncident extends IncidentRow {
  readonly definitionKey: Key
  readonly jobKey: Key | null
}

export interface FoundJob extends JobRow {
  readonly definitionKey: Key
  /** The task it belongs to. */
  readonly element: ElementFacts | undefined
}

/** An instance with all that it has been through, as far as it is still kept. */
export interface WholeInstance {
  readonly key: Key
  readonly definitionKey: Key
  /** Elements it stands in now; empty when it is over. */
  readonly elements: readonly ElementFacts[]
  /** Elements it has left. */
  readonly past: readonly HistoryEntry[]
  /** It has been through more than is told: the oldest is left out. */
  readonly isCut: boolean
  /** Of an instance that is over: the variables of the process at its end. */
  readonly finalVariables: ReadonlyMap<string, string>
}

/** Stretches of the past that are read of one instance, each of about a hundred elements; the newest come first. */
export const MOST_STRETCHES = 100

export interface View {
  keys<List extends ListName>(list: List, filter: Filters[List], stretch: Stretch): Promise<Key[]>
  /** How many there are, counting no further than to `most`. */
  count<List extends ListName>(list: List, filter: Filters[List], most: number): Promise<number>
  /** Facts of all that match, in the order of their keys: there are only as many as have been deployed. */
  definitions(filter: DefinitionFilter): Promise<DefinitionFacts[]>
  definitionXml(key: Key): Promise<string | undefined>
  // Rows of these keys, in any order; a key without a row is left out.
  active(keys: readonly Key[]): Promise<ActiveInstance[]>
  ended(keys: readonly Key[]): Promise<EndedInstance[]>
  incidents(keys: readonly Key[]): Promise<FoundIncident[]>
  jobs(keys: readonly Key[]): Promise<FoundJob[]>
  whole(key: Key): Promise<WholeInstance | undefined>
}
