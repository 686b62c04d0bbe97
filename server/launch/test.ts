/** `npm test`: makes sure of Keycloak, runs the tests, and prints their totals alone on the last line. */
import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ensureKeycloak } from './keycloak.ts'

const root = resolve(import.meta.dirname, '..', '..')
const results = join(root, '.data', 'test-results.json')
const tell = (sentence: string): void => void process.stdout.write(`${sentence}\n`)

await ensureKeycloak(join(root, '.data', 'parts'), tell)
await mkdir(join(root, '.data'), { recursive: true })
await rm(results, { force: true })
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...process.argv.slice(2)]
const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))

const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(await readFile(results, 'utf8')) as {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}
// A file that cannot even be read holds no test that failed, and yet it failed.
const unreadable = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
const failed = numFailedTests + unreadable.length
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(code ?? 1)
