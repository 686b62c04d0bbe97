import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A process of ours, started and stopped by the launcher. */
export interface Part {
  name: string
  /** Settles when the process is gone, asked or not. */
  ended: Promise<void>
  /** What it said last. */
  lastWords(): string
  stop(): Promise<void>
}

export interface PartOptions {
  name: string
  /** Arguments of Node itself. */
  args: readonly string[]
  cwd: string
  environment: Record<string, string | undefined>
  logFile: string
}

/**
 * Starts a Node process in a group of its own, so that Ctrl-C reaches the launcher alone and it can stop the parts in order.
 * The open channel to the launcher tells the part when the launcher is gone.
 */
export async function startPart({ name, args, cwd, environment, logFile }: PartOptions): Promise<Part> {
  await mkdir(dirname(logFile), { recursive: true })
  await setAside(logFile)
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false })
    stream?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-3000)))
  }
  const ended = new Promise<void>((done) => child.once('close', () => done()).once('error', () => done()))
  return {
    name,
    ended,
    lastWords: () => words.trim(),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(patience)
    },
  }
}

const MOST_LOGGED_BYTES = 20 * 1024 * 1024

/** A log that has grown large becomes the former one, of which there is only one. */
async function setAside(logFile: string): Promise<void> {
  const size = await stat(logFile).then((found) => found.size, () => 0)
  if (size > MOST_LOGGED_BYTES) await rename(logFile, `${logFile}.former`)
}

/** Asks again and again until `question` says yes; throws when the part ends first or the time is over. */
export async function untilReady(part: Part, question: () => Promise<boolean>, withinMs: number): Promise<void> {
  const started = Date.now()
  let gone = false
  void part.ended.then(() => (gone = true))
  while (!(await question())) {
    if (gone) throw new Error(`Expected ${part.name} to keep running, but it ended. Its last words:\n${part.lastWords()}`)
    if (Date.now() - started > withinMs) {
      throw new Error(
        `Expected ${part.name} to be ready within ${withinMs / 1000} s, but it was not. Its last words:\n${part.lastWords()}`,
      )
    }
    await new Promise((wait) => setTimeout(wait, 50))
  }
}
