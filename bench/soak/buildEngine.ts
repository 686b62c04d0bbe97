import { rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

let built: Promise<string> | undefined

/**
 * The engine's process as one file of JavaScript, made once: started from its sources it needs four times as long, and a soak starts it
 * a thousand times. It lies within the clone, where its packages are found, and goes with the process that made it.
 */
export function buildEngine(): Promise<string> {
  return (built ??= make())
}

async function make(): Promise<string> {
  await mkdir(join(root, '.data'), { recursive: true })
  const folder = await mkdtemp(join(root, '.data', 'soak-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const outfile = join(folder, 'engine.mjs')
  const entryPoints = [fileURLToPath(new URL('./engineProcess.ts', import.meta.url))]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' })
  // Read from beside the code that loads it.
  await copyFile(join(root, 'server/zeebe/protocol/gateway.proto'), join(folder, 'gateway.proto'))
  return outfile
}
