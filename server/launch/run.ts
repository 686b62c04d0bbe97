/** What `npm start` and `npm run dev` do once the packages are there; start.mjs calls it. */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '../base/errors.ts'
import { askedToStop } from './askedToStop.ts'
import { sentenceOf } from './sentenceOf.ts'
import { startAll, type Running } from './startAll.ts'
import { whereToLook } from './whereToLook.ts'

const root = resolve(import.meta.dirname, '..', '..')

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string' }, watch: { type: 'boolean' } },
  allowPositionals: false,
})

const started = Date.now()
function tell(sentence: string): void {
  const elapsed = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${elapsed.padStart(6)} s  ${sentence}\n`)
}

const asked = askedToStop(() => process.stdout.write('\nStopping …\n'))

try {
  const running = await startAll({
    root,
    dataDir: values.data ? resolve(process.env.INIT_CWD ?? '.', values.data) : join(root, '.data'),
    port: readPort(values.port ?? process.env.PORT ?? '8080'),
    tell,
    // An empty line in a .env file means "not set".
    environment: Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')),
    watch: values.watch ?? false,
    signal: asked,
  })
  process.stdout.write(whereToLook(running))
  process.exitCode = await untilAsked(running)
} catch (error) {
  process.stderr.write(`\n${sentenceOf(error)}\n`)
  process.exitCode = 1
}
// A pool or a pipe that is still closing must not keep a stopped launcher alive.
process.exit()

/** Waits for Ctrl-C, or for a part that breaks; either way everything is stopped. */
async function untilAsked(running: Running): Promise<number> {
  const quit = new Promise<undefined>((done) => {
    if (asked.aborted) done(undefined)
    asked.addEventListener('abort', () => done(undefined))
  })
  const broken = await Promise.race([quit, running.broken])
  if (broken) process.stderr.write(`\n${broken}\n\nThe rest is stopped now.\n`)
  await running.stop()
  if (!broken) process.stdout.write('Everything is stopped; the data stays.\n')
  return broken ? 1 : 0
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_000) return port
  throw new Refusal('invalid', 'port-not-a-number', {}, `Expected a port between 1 and 65000, but got ${text}`)
}
