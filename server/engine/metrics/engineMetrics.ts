import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'
import type { EngineFacts } from '../writer.ts'
import { Counter, Histogram, gauge, summary, total } from './instruments.ts'

/** The delay is looked at so often; more often would wake the process for nothing. */
const DELAY_RESOLUTION_MS = 20

const NANOS_PER_SECOND = 1e9

/** Everything a process with an engine tells about itself at `/metrics`. Times are in seconds, sizes in bytes or rows. */
export class EngineMetrics {
  readonly commands = new Counter('salter_engine_commands_total', 'Commands by kind and by what became of them.', ['kind', 'outcome'])
  readonly commitSeconds = new Histogram('salter_engine_commit_seconds', 'How long commits took.',
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5])
  readonly commitRows = new Histogram('salter_engine_commit_rows', 'Rows written or removed by a commit.',
    [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000])
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })

  constructor() {
    this.#delay.enable()
  }

  /** As text of Prometheus. `facts` are missing while another engine has the lease. */
  text(facts: EngineFacts | undefined): string {
    const { user, system } = process.cpuUsage()
    const lines = [
      gauge('salter_engine_serving', '1 when this engine takes commands, 0 when it waits.', facts?.isServing ? 1 : 0),
      gauge('salter_engine_store_full', '1 when it waits for room in its database.', facts?.isStoreFull ? 1 : 0),
      gauge('salter_engine_unanswered_commands', 'Commands that wait to be decided or kept.', facts?.unanswered ?? 0),
      gauge('salter_engine_parked_polls', 'Polls that wait for a job.', facts?.waitingWorkers ?? 0),
      gauge('salter_engine_open_streams', 'Open streams of jobs.', facts?.openStreams ?? 0),
      gauge('salter_engine_instances_in_memory', 'Process instances in memory, of all that run.', facts?.instancesInMemory ?? 0),
      gauge('salter_engine_due_moments', 'Timers, deadlines and ends of messages in memory that are due.', facts?.due ?? 0),
      this.commands.lines(),
      this.commitSeconds.lines(),
      this.commitRows.lines(),
      this.#delayLines(),
      gauge('process_resident_memory_bytes', 'Resident memory of the process.', process.memoryUsage.rss()),
      total('process_cpu_seconds_total', 'Processor time of the process, user and system.', (user + system) / 1e6),
    ]
    return lines.flat().join('\n') + '\n'
  }

  close(): void {
    this.#delay.disable()
  }

  // Each look begins anew: the worst delay of last week says nothing about today.
  #delayLines(): string[] {
    const at = (percentile: number): number => this.#delay.percentile(percentile) / NANOS_PER_SECOND
    const quantiles = { 0.5: at(50), 0.99: at(99), 1: this.#delay.max / NANOS_PER_SECOND }
    const isEmpty = this.#delay.count === 0
    this.#delay.reset()
    return summary('salter_engine_event_loop_delay_seconds', 'Delay of the event loop since the last look, with its resolution of 0.02 s.',
      isEmpty ? { 0.5: 0, 0.99: 0, 1: 0 } : quantiles)
  }
}
