import { Fenced, type Store } from '../../../server/engine/store/store.ts'
import type { memoryStore } from '../../../server/engine/store/memoryStore.ts'

export interface MortalStore {
  store: Store
  /** From now on nothing reaches the rows through this store any more, as when the process was killed. */
  kill(): void
}

/** A way to rows that outlives its engine. What was under way when it was killed is not written. */
export function mortalStore(rows: ReturnType<typeof memoryStore>): MortalStore {
  let isDead = false
  const living = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => (...args: Args): Promise<Result> =>
    isDead ? Promise.reject(new Fenced('killed')) : call(...args)
  return {
    store: {
      open: (signal) => (isDead ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })) : rows.open(signal)),
      load: living((wanted) => rows.load(wanted)),
      definitionXml: living((keys) => rows.definitionXml(keys)),
      drgXml: living((keys) => rows.drgXml(keys)),
      commit: living((changes) => rows.commit(changes)),
      turnMonths: living((nowMs) => rows.turnMonths(nowMs)),
      health: () => rows.health(),
      close: async () => undefined,
    },
    kill: () => void (isDead = true),
  }
}
