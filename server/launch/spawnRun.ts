import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Runs the launcher's second half beside us and passes on what we are told; answers its exit code. */
export async function spawnRun(root: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('server', 'launch', 'run.ts'), ...args], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done, fail) => child.once('error', fail).once('close', (code) => done(code ?? 1)))
}
