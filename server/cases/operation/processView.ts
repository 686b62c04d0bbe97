import type { EngineReader, FailedJob as ReadJob, Incident as ReadIncident } from '../../zeebe/read.ts'
import type { ProcessView } from '../context.ts'
import type { FailedJob, Incident } from './trouble.ts'

/** What the engine's read API tells, each thing with the case whose process it is. */
export function processViewOf(reader: EngineReader): ProcessView {
  /** The case of a process; every one of ours knows it from its start. */
  const caseOf = async (instanceKey: string): Promise<string | null> => {
    const value = await reader.variable(instanceKey, 'caseId')
    return typeof value === 'string' ? value : null
  }

  const withCases = async <Read extends { processInstanceKey: string }, Ours>(
    read: readonly Read[], toOurs: (each: Read, caseId: string | null) => Ours,
  ): Promise<Ours[]> => {
    const cases = new Map(await Promise.all(
      [...new Set(read.map((each) => each.processInstanceKey))].map(async (key) => [key, await caseOf(key)] as const)))
    return read.map((each) => toOurs(each, cases.get(each.processInstanceKey) ?? null))
  }

  return {
    async incidents(processIdPrefix, limit) {
      const found = await reader.incidents({ processIdPrefix, limit })
      return found === 'not-offered' ? null : withCases(found.items, toIncident)
    },
    async incident(key) {
      const found = await reader.incident(key)
      if (found === 'not-offered' || !found) return found ? null : undefined
      return (await withCases([found], toIncident))[0]
    },
    async failedJobs(processIdPrefix, limit) {
      const found = await reader.failedJobs({ processIdPrefix, limit })
      // Without tries left it has an incident, and is listed there.
      return found === 'not-offered' ? null : withCases(found.items.filter(isTriedAgain), toFailedJob)
    },
    async failedJob(key) {
      const found = await reader.failedJob(key)
      if (found === 'not-offered' || !found) return found ? null : undefined
      return isTriedAgain(found) ? (await withCases([found], toFailedJob))[0] : undefined
    },
  }
}

function isTriedAgain({ state, retries }: ReadJob): boolean {
  return state === 'failed' && retries > 0
}

function toIncident(read: ReadIncident, caseId: string | null): Incident {
  const { key, type: kind, message, processId, processInstanceKey: instanceKey, elementId, elementInstanceKey, jobKey, createdAtMs } = read
  return { key, kind, message, processId, instanceKey, elementId, elementInstanceKey, jobKey, since: new Date(createdAtMs), caseId }
}

function toFailedJob(read: ReadJob, caseId: string | null): FailedJob {
  const { key, type, message, processId, processInstanceKey: instanceKey, elementId, retries: triesLeft } = read
  return { key, type, message, processId, instanceKey, elementId: elementId ?? '', triesLeft, caseId }
}
