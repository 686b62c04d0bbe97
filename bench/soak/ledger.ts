/** What clients of the engine saw, and nothing else: the checker believes no log and no counter of the engine's own. */
import type { Fate } from './failover.ts'

/** One try of a command that leaves its token in a variable of the instance, if it is this try that took effect. */
export interface Try {
  readonly token: string
  fate: Fate
}

export interface Completion extends Try {
  readonly instanceKey: string
  /** The variable that keeps whose completion it was. */
  readonly variable: string
}

export interface Message {
  /** By which its instance is known. */
  readonly caseId: string
  readonly variable: string
  readonly tries: Try[]
}

export interface Grant {
  readonly deadlineMs: number
  readonly worker: string
}

export class Ledger {
  /** Attempts to start an instance, by their number. */
  readonly attempts = new Map<number, Fate>()
  /** Instances whose start was acknowledged, with the number of the attempt. */
  readonly created = new Map<string, number>()
  /** By the id that makes a message that is sent again the same one. */
  readonly messages = new Map<string, Message>()
  /** Jobs that reached a worker, each time they did. */
  readonly grants = new Map<string, Grant[]>()
  /** Completions sent, by job. */
  readonly completions = new Map<string, Completion[]>()

  granted(jobKey: string, grant: Grant): void {
    listOf(this.grants, jobKey).push(grant)
  }

  completing(jobKey: string, completion: Completion): void {
    listOf(this.completions, jobKey).push(completion)
  }

  /** Commands that were acknowledged. */
  get acknowledged(): number {
    const tries = [...this.completions.values(), ...[...this.messages.values()].map((each) => each.tries)].flat()
    return this.created.size + tries.filter((each) => each.fate === 'acknowledged').length
  }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
