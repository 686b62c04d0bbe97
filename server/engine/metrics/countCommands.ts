import { Outage, Refusal } from '../../base/errors.ts'
import { Overload, ResultTimeout, type Engine } from '../engine.ts'
import type { Counter } from './instruments.ts'

const counted = [
  'deploy', 'deleteResource', 'createInstance', 'createInstanceWithResult', 'cancelInstance', 'modifyInstance', 'migrateInstance',
  'publishMessage', 'broadcastSignal', 'evaluateDecision', 'activateJobs', 'returnJobs', 'completeJob', 'failJob', 'throwError',
  'updateJobRetries', 'updateJobTimeout', 'setVariables', 'resolveIncident',
] as const satisfies readonly (keyof Engine)[]

/**
 * The same engine, which counts its calls by what became of them: `done`, a kind of refusal, `overload`, `outage`, `too-late`
 * or `fault`.
 */
export function countCommands(engine: Engine, commands: Counter): Engine {
  const counting = (kind: (typeof counted)[number]) => {
    const call = engine[kind] as (...request: unknown[]) => Promise<unknown>
    return async (...request: unknown[]): Promise<unknown> => {
      try {
        const reply = await call(...request)
        commands.add(kind, 'done')
        return reply
      } catch (error) {
        commands.add(kind, outcomeOf(error))
        throw error
      }
    }
  }
  return { ...engine, ...Object.fromEntries(counted.map((kind) => [kind, counting(kind)])) }
}

function outcomeOf(error: unknown): string {
  if (error instanceof Refusal) return error.kind
  if (error instanceof Overload) return 'overload'
  if (error instanceof Outage) return 'outage'
  if (error instanceof ResultTimeout) return 'too-late'
  return 'fault'
}
