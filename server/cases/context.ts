import type { Channels } from '../channels/index.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../db/transaction.ts'
import type { Actor } from '../identity/actor.ts'
import type { CitizenDirectory } from '../identity/citizenDirectory.ts'
import type { Keys } from '../identity/keys.ts'
import type { StaffDirectory } from '../identity/staffDirectory.ts'
import type { FileStore } from '../outside/files/fileStore.ts'
import type { SignatureValidator } from '../outside/signatures/index.ts'
import type { Country, CountryTown, Municipality } from '../zeebe/municipality.ts'
import type { Practice } from '../zeebe/practice.ts'
import type { ProcedurePackage } from '../zeebe/packages.ts'
import type { FailedJob, Incident } from './operation/trouble.ts'

/** What every verb is given: who asks, in which town, at what moment, and the neighbors, real or simulated. */
export interface Context {
  readonly db: Database
  readonly tenant: Municipality
  readonly country: Country
  readonly actor: Actor
  readonly clock: Clock
  readonly packages: PackageShelf
  readonly files: FileStore
  readonly signatures: SignatureValidator
  readonly keys: Keys
  readonly engine: ProcessEngine
  readonly processView: ProcessView
  readonly channels: Channels
  readonly installation: Installation
  readonly events: CaseEvents
  /** Tells the outbox loop that there is something to deliver. Call after the transaction. */
  wakeOutbox(): void
  /** Where people reach the product: links in letters and mails begin with it. */
  readonly publicUrl: string
  readonly log: Log
}

/** The procedures a town offers, each in the versions that still have cases. */
export interface PackageShelf {
  /** The newest version of each procedure this town offers. */
  offered(): readonly ShelvedPackage[]
  newest(procedure: string): ShelvedPackage | undefined
  /** A case keeps the version it was filed under. */
  version(procedure: string, version: number): Promise<ShelvedPackage>
}

export interface ShelvedPackage extends ProcedurePackage {
  readonly version: number
}

/** All the towns served here, and their people. */
export interface Installation {
  towns(): readonly Municipality[]
  /** How a new municipality of the country usually begins. */
  customsOf(country: Municipality['country']): Promise<CountryTown>
  /** What a copy for practice is filled with in that country. */
  practiceOf(country: Municipality['country']): Promise<Practice>
  /** Units to which the procedures that such an authority offers send their steps. */
  unitsNeeded(town: Pick<Municipality, 'country' | 'authority'>): readonly string[]
  /** Writes the town down, with a picture of its own if given, and serves it from now on, in every process within a minute. */
  save(town: Municipality, emblem?: Emblem): Promise<void>
  /** What verbs are given in that town, for the same actor's deeds there. */
  contextFor(tenantId: string, actor: Actor): Context
  readonly staff: StaffDirectory
  /** Accounts of citizens that the office makes. */
  readonly citizens: CitizenDirectory
}

/** A town's own picture. */
export interface Emblem {
  mediaType: 'image/png' | 'image/svg+xml' | 'image/jpeg'
  bytes: Buffer
}

/** A message that starts a process, or that one waits for. */
export interface ProcessMessage {
  name: string
  correlationKey: string
  messageId: string
  timeToLiveMs: number
  variables: Record<string, unknown>
}

/** What the cases room asks of Zeebe, over whatever wire. Errors are Refusal (not-found: the job is gone) or Outage. */
export interface ProcessEngine {
  publishMessage(message: ProcessMessage): Promise<void>
  completeJob(jobKey: string, variables: Record<string, unknown>): Promise<void>
  /** Answers normally when the job lives; Refusal 'not-found' when it is gone. Changes nothing that matters. */
  updateJobRetries(jobKey: string, retries: number): Promise<void>
  /** Sets variables where the element sees them. */
  setVariables(elementInstanceKey: string, variables: Record<string, unknown>): Promise<void>
  resolveIncident(incidentKey: string): Promise<void>
}

/**
 * What the engine's address tells of running processes beyond the gateway's protocol. Each question answers null where the
 * address has no such door; `undefined` is what does not exist. Lists are of processes whose id begins with the prefix.
 */
export interface ProcessView {
  incidents(processIdPrefix: string, limit: number): Promise<readonly Incident[] | null>
  incident(key: string): Promise<Incident | undefined | null>
  failedJobs(processIdPrefix: string, limit: number): Promise<readonly FailedJob[] | null>
  failedJob(key: string): Promise<FailedJob | undefined | null>
}

export interface CaseEvent {
  kind: 'task-created' | 'task-changed' | 'task-gone' | 'case-changed'
  tenantId: string
  caseId: string
  taskId: string | null
}

/** Tells pages that are open that something changed. Best effort: a page that missed it asks again. */
export interface CaseEvents {
  publish(event: CaseEvent): void
  subscribe(tenantId: string, listener: (event: CaseEvent) => void): () => void
}
