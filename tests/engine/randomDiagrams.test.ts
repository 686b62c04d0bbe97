import fc from 'fast-check'
import { test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { Outage, Refusal } from '../../server/base/errors.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { plan } from './random/blocks.ts'
import { awaited, drawCalled, drawDiagram, errorCode, jobTypes, LONGEST_TIMER_DAYS, messageNames, signalNames } from './random/drawDiagram.ts'
import { checkInvariants, checkNothingLeft } from './random/invariants.ts'
import { mortalStore, type MortalStore } from './random/mortalStore.ts'
import { DAY_MS, takeJobs } from './support.ts'

const index = fc.nat(1000)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), which: index }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('complete' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), which: index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('throw' as const), which: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('broadcast' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), which: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resolve' as const), which: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set' as const), which: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), which: index }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Other numbers go other ways; one number always goes the same way. `SALTER_SEED=7 npx vitest run tests/engine/randomDiagrams.test.ts` */
const seed = Number(process.env.SALTER_SEED ?? 8500)
const runs = Number(process.env.SALTER_RUNS ?? 60)

test('no token is lost in any diagram, whatever is done to it and wherever the process is killed, and nothing is left of what ended', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 40 })
  await fc.assert(fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 2 }), steps, async (plans, taken) => {
    const world = new World()
    await world.open()
    try {
      await world.engine.deploy([{ name: 'called.bpmn', content: drawCalled() }])
      const processIds = plans.map((_, at) => `random-${at}`)
      for (const [at, each] of plans.entries()) {
        await world.engine.deploy([{ name: `${processIds[at]}.bpmn`, content: drawDiagram(processIds[at]!, each) }])
      }
      for (const each of taken) {
        await world.act(each, processIds)
        if (each.which % 4 === 0) await world.check()
      }
      await world.check()
      await world.finish()
      checkNothingLeft(world.rows)
    } finally {
      await world.engine.close()
    }
  }), { seed, numRuns: runs })
}, 240_000)

/** The rows outlive any engine; the engine is killed and started anew. */
class World {
  readonly rows = memoryStore()
  readonly clock = new MovableClock()
  engine!: Engine
  #way!: MortalStore

  async open(): Promise<void> {
    this.#way = mortalStore(this.rows)
    // So little memory that nearly everything is loaded again and again.
    this.engine = await startEngine({ store: this.#way.store, clock: this.clock, limits: { instances: 2, correlations: 1 } })
  }

  async check(): Promise<void> {
    await this.engine.idle()
    await checkInvariants(this.rows)
  }

  async act(each: Step, processIds: string[]): Promise<void> {
    if (each.do === 'kill') return this.#kill(each.which)
    await this.#do(each, processIds).catch(refusalIsFine)
  }

  /** Brings every instance to its end by doing what it waits for. */
  async finish(): Promise<void> {
    for (let round = 0; round < 200 && this.rows.rows('instances').length > 0; round++) {
      for (const { key, elementKey } of this.rows.rows('incidents')) {
        const job = this.rows.rows('jobs').find((row) => row.elementKey === elementKey)
        if (job) await this.engine.updateJobRetries({ jobKey: job.key, retries: 1 }).catch(refusalIsFine)
        await this.engine.resolveIncident({ incidentKey: key }).catch(refusalIsFine)
      }
      for (const { key } of this.rows.rows('jobs')) {
        await this.engine.completeJob({ jobKey: key, variables: '{"again":false,"choice":1}' }).catch(refusalIsFine)
      }
      // What comes on the side would begin it anew each round.
      for (const correlationKey of ['0', '1', '2']) {
        await this.engine.publishMessage({ name: awaited, correlationKey, timeToLive: 0, messageId: '' })
      }
      await this.engine.broadcastSignal({ signalName: awaited })
      this.clock.advance(LONGEST_TIMER_DAYS * DAY_MS)
      await this.engine.idle()
    }
  }

  // A command is under way when it happens: it may be kept or lost, but never by half.
  async #kill(which: number): Promise<void> {
    const name = messageNames[which % 2]!
    const command = which % 5 < 3
      ? this.engine.publishMessage({ name, correlationKey: String(which % 3), timeToLive: 1000, messageId: '' })
      : this.engine.broadcastSignal({ signalName: name })
    const lost = command.catch((error: unknown) => { if (!(error instanceof Outage)) throw error })
    if (which % 2) await Promise.resolve()
    this.#way.kill()
    await this.engine.close()
    await lost
    await this.open()
    await this.check()
  }

  async #do(each: Exclude<Step, { do: 'kill' }>, processIds: string[]): Promise<unknown> {
    const { engine, rows, clock } = this
    const { which } = each
    switch (each.do) {
      case 'start': {
        const variables = { caseId: String(which % 3), choice: which % 3, again: which % 4 === 0, items: [1, 2, 3].slice(which % 4) }
        return engine.createInstance({ bpmnProcessId: processIds[which % processIds.length]!, variables: JSON.stringify(variables) })
      }
      case 'publish': {
        const lives = which % 5 < 2
        const name = messageNames[which % 2]!
        return engine.publishMessage({ name, correlationKey: String(which % 3), timeToLive: lives ? DAY_MS : 0, messageId: lives ? String(which % 7) : '' })
      }
      case 'broadcast':
        return engine.broadcastSignal({ signalName: signalNames[which % 2]! })
      case 'advance':
        clock.advance((which % (LONGEST_TIMER_DAYS + 1)) * DAY_MS)
        return engine.idle()
      case 'cancel': {
        const own = rows.rows('instances').filter(({ body }) => !body.includes('"elementKey"'))
        return engine.cancelInstance({ processInstanceKey: own[which % Math.max(own.length, 1)]?.key ?? '1' })
      }
      case 'resolve':
        return engine.resolveIncident({ incidentKey: rows.rows('incidents')[which % Math.max(rows.rows('incidents').length, 1)]?.key ?? '1' })
      case 'set': {
        const instance = rows.rows('instances')[which % Math.max(rows.rows('instances').length, 1)]?.key ?? '1'
        return engine.setVariables({ elementInstanceKey: instance, variables: `{"choice":${which % 3}}`, local: which % 2 === 0 })
      }
      default: {
        const [job] = await takeJobs(engine, jobTypes[which % jobTypes.length]!, 1)
        const jobKey = job?.key ?? rows.rows('jobs')[which % Math.max(rows.rows('jobs').length, 1)]?.key ?? '1'
        if (each.do === 'complete') return engine.completeJob({ jobKey, variables: which % 2 ? `{"again":${which % 8 === 1},"choice":${which % 3}}` : '{}' })
        if (each.do === 'fail') return engine.failJob({ jobKey, retries: which % 2, retryBackOff: which })
        return engine.throwError({ jobKey, errorCode: which % 3 ? errorCode : 'other' })
      }
    }
  }
}

// To refuse is a good answer, too: what was asked may make no sense at that moment.
function refusalIsFine(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

