import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { freePort } from '../../server/launch/postgres.ts'
import { buildEngine } from './buildEngine.ts'

/** Before a process that has ended is started again, so that a lasting fault does not make a busy loop. */
const RESTART_AFTER_MS = 100

const LOOK_EVERY_MS = 20

/** A process that does not answer in this time is taken for one that does not serve. */
const ANSWER_WITHIN_MS = 500

/** An engine process at a fixed address that is started again whenever it ends, as a service manager does. */
export class SupervisedEngine {
  readonly #program: string
  readonly #databaseUrl: string
  readonly #log: WriteStream | undefined
  #child: ChildProcess
  #isStopped = false

  private constructor(program: string, databaseUrl: string, readonly port: number, readonly readPort: number, logFile?: string) {
    this.#program = program
    this.#databaseUrl = databaseUrl
    this.#log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' })
    this.#child = this.#spawn()
  }

  /** Starts one; it need not serve yet. Its log is added to `logFile`, if there is one. */
  static async start(databaseUrl: string, logFile?: string): Promise<SupervisedEngine> {
    return new SupervisedEngine(await buildEngine(), databaseUrl, await freePort(), await freePort(), logFile)
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  async isServing(): Promise<boolean> {
    const ready = await this.#ask('/ready').catch(() => undefined)
    return ready?.ok ?? false
  }

  async untilServing(): Promise<void> {
    while (!(await this.isServing())) await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS))
  }

  async metrics(): Promise<string> {
    return (await this.#ask('/metrics')).text()
  }

  /** A number of `/metrics`, by its name there. */
  async metric(name: string): Promise<number> {
    const text = await this.metrics()
    return Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1])
  }

  /** Kills it as the kernel does when memory runs out, and has it started again. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return // it is about to be started again
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Stands still, with its connections open, until it is resumed. */
  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.kill()
    this.#log?.end()
  }

  #ask(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.readPort}${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
  }

  #spawn(): ChildProcess {
    const args = [this.#program, this.#databaseUrl, String(this.port), String(this.readPort)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', this.#log ? 'pipe' : 'ignore'] })
    if (this.#log) child.stderr?.pipe(this.#log, { end: false })
    child.once('exit', () => setTimeout(() => {
      if (!this.#isStopped) this.#child = this.#spawn()
    }, RESTART_AFTER_MS))
    return child
  }
}
