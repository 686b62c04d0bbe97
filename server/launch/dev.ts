/**
 * `npm run dev`: everything as `npm start` has it, but the server restarts when its sources change, and the pages are
 * built again as they are written: reload the browser. The pages come from the server itself, so cookies and security
 * headers are the real ones.
 */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { spawnRun } from './spawnRun.ts'

const root = resolve(import.meta.dirname, '..', '..')

// These pages are not the ones to ship: the next `npm start` builds its own.
await rm(join(root, 'dist', 'ui.stamp'), { force: true })
await build({
  configFile: join(root, 'ui', 'vite.config.ts'),
  logLevel: 'warn',
  // Readable in the browser's tools; a page that is open keeps its former files.
  build: { watch: {}, minify: false, sourcemap: true, emptyOutDir: false },
})
process.exitCode = await spawnRun(root, ['--watch', ...process.argv.slice(2)])
process.exit()
