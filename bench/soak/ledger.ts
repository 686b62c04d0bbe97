/** What clients of the engine saw, and nothing else: the checker believes no log and no counter of the engine's own. */
export interface Completion {
  readonly instanceKey: string
  /** The variable that keeps which completion it was. */
  readonly variable: string
  readonly token: string
  isAcknowledged: boolean
}

export interface Grant {
  readonly deadlineMs: number
  readonly worker: string
}

export class Ledger {
  /** Attempts to start an instance that were sent, by their number; whether they came to be is not known of all. */
  readonly attempts = new Set<number>()
  /** Instances whose start was acknowledged, with the number of the attempt. */
  readonly created = new Map<string, number>()
  /** Jobs that reached a worker, each time they did. */
  readonly grants = new Map<string, Grant[]>()
  /** Completions sent, by job. */
  readonly completions = new Map<string, Completion[]>()

  granted(jobKey: string, grant: Grant): void {
    this.grants.set(jobKey, [...(this.grants.get(jobKey) ?? []), grant])
  }

  completing(jobKey: string, completion: Completion): void {
    this.completions.set(jobKey, [...(this.completions.get(jobKey) ?? []), completion])
  }

  /** Commands that were acknowledged. */
  get acknowledged(): number {
    let count = this.created.size
    for (const sent of this.completions.values()) count += sent.filter((each) => each.isAcknowledged).length
    return count
  }
}
