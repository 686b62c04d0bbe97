import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { engineNodeOptions } from '../../server/launch/engineNodeOptions.ts'
import type { Measured } from './workload.ts'

/** A gateway in a process of its own. */
export interface GatewayProcess {
  address: string
  pid: number
  /** Milliseconds from its start until it took calls. */
  startedInMs: number
  /** Of these, since its code was loaded. */
  openedInMs: number
  stop(): Promise<void>
}

export async function startGatewayProcess(kind: 'engine' | 'empty', databaseUrl = ''): Promise<GatewayProcess> {
  const begun = performance.now()
  const child = run('gatewayProcess.ts', [kind, databaseUrl], engineNodeOptions)
  const [port, openedInMs] = (await firstLine(child)).split(' ')
  return {
    address: `127.0.0.1:${port}`,
    pid: child.pid!,
    startedInMs: performance.now() - begun,
    openedInMs: Number(openedInMs),
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Runs the reference workload from a process of clients. */
export async function runClientProcess(address: string, clients: number, seconds: number): Promise<Measured> {
  return JSON.parse(await firstLine(run('clientProcess.ts', [address, String(clients), String(seconds)]))) as Measured
}

function run(file: string, args: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return spawn(process.execPath, [...nodeOptions, '--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout!) {
    text += String(chunk)
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
  }
  throw new Error(`Expected a line from ${child.spawnargs.join(' ')}, but it ended`)
}
