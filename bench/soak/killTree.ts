import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export function isAlive(pid: number): boolean {
  return pid > 0 && signal(pid, 0)
}

/** Kills a process and its children at one go (SIGKILL) and resolves when none of them lives. */
export async function killTree(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  const pids = [pid, ...(await childrenOf(pid))]
  for (const each of pids) signal(each, 'SIGKILL')
  while (pids.some((each) => signal(each, 0))) await new Promise((resume) => setTimeout(resume, 10))
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=', '-o', 'ppid='])
  return stdout.split('\n').map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === pid).map(([child]) => Number(child))
}

/** False when there is no such process any more. */
function signal(pid: number, name: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
