import type { Clock } from '../base/clock.ts'
import { visibleJson } from './behaviors/variables.ts'
import type { Key } from './key.ts'
import type { Instance } from './state/instance.ts'

/** The instance did not end in the time its caller wanted to wait. It goes on. */
export class ResultTimeout extends Error {
  override readonly name = 'ResultTimeout'
}

interface Awaited {
  names: readonly string[]
  keep(variables: string): void
  fail(error: Error): void
}

export interface Expectation {
  /** Goes into the command that creates the instance. */
  created(instance: Instance): void
  /** Variables of the process at its end, as JSON text. */
  result: Promise<string>
  cancel(): void
}

/** Those who created an instance and wait for its end. A canceled instance has no result: they wait until their time is up. */
export class AwaitedResults {
  readonly #byInstance = new Map<Key, Awaited>()

  constructor(readonly clock: Clock) {}

  expect(untilMs: number, names: readonly string[]): Expectation {
    let key: Key | undefined
    let awaited!: Awaited
    const result = new Promise<string>((resolve, reject) => (awaited = { names, keep: resolve, fail: reject }))
    result.catch(() => undefined) // nobody may be listening yet when it fails
    const cancelTimer = this.clock.at(untilMs, () =>
      awaited.fail(new ResultTimeout('Time out between gateway and broker: the process instance has not ended yet')))
    return {
      result,
      created: (instance) => {
        key = instance.key
        this.#byInstance.set(key, awaited)
      },
      cancel: () => {
        cancelTimer()
        if (key) this.#byInstance.delete(key)
      },
    }
  }

  /** The answer to whoever waits for this instance, made while its variables are still there; to be given when the end is kept. */
  answerFor(instance: Instance): ((error?: Error) => void) | undefined {
    const awaited = this.#byInstance.get(instance.key)
    if (!awaited) return undefined
    const variables = visibleJson(instance.root, awaited.names)
    return (error) => (error ? awaited.fail(error) : awaited.keep(variables))
  }

  failAll(error: Error): void {
    for (const { fail } of this.#byInstance.values()) fail(error)
    this.#byInstance.clear()
  }
}
