/**
 * `npm run dev`: everything as `npm start` has it, but the server restarts when its sources change, and the pages are
 * built again as they are written. The pages come from the server, not from a second one, so cookies and security headers are the real ones.
 */
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { spawnRun } from './spawnRun.ts'

const root = resolve(import.meta.dirname, '..', '..')

await build({
  configFile: join(root, 'ui', 'vite.config.ts'),
  logLevel: 'warn',
  // Readable in the browser's tools; without hashes nothing old piles up.
  build: { watch: {}, minify: false, sourcemap: true, emptyOutDir: false },
})
process.exitCode = await spawnRun(root, ['--watch', ...process.argv.slice(2)])
process.exit()
