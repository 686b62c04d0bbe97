import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../base/errors.ts'

/**
 * Claims a data folder for this launcher; the returned function gives it back.
 * Refuses with 'already-running' while another launcher holds it. A launcher that was killed holds nothing.
 */
export async function claimFolder(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'launcher.pid')
  const holder = Number(await readFile(file, 'utf8').catch(() => ''))
  if (holder && holder !== process.pid && (await isLauncher(holder))) {
    throw new Refusal('already-exists', 'already-running', { process: holder },
      `Expected the data folder ${dataDir} to be free, but another copy uses it (process ${holder}). Stop that one with Ctrl-C, or ` +
      'start a second copy with its own folder and ports: npm start -- --data .data-two --port 8180')
  }
  await writeFile(file, String(process.pid))
  return () => rm(file, { force: true })
}

/** Whether that process is a launcher; the number may have gone to another program since. */
async function isLauncher(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // Where there is no /proc the living process is taken for ours: better to ask than to damage.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'server/launch')
  return command.includes('server/launch')
}
