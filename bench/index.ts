/**
 * `npm run bench -- engine|feel|decisions|sign-in [--seconds N] [--full] [--peer]`: measures on this machine, prints tables and,
 * as the last line, JSON. `--full` and `--peer` are the engine's: five million sleeping instances; the peer in the same run.
 */
import { parseArgs } from 'node:util'
import { benchDecisions } from './decisions/index.ts'
import { benchEngine } from './engine/index.ts'
import { benchFeel } from './feel/index.ts'
import { benchSignIn } from './signIn/index.ts'

type Bench = (options: { seconds?: number; full: boolean; peer: boolean }) => Promise<void>

const benches: Record<string, Bench> = { engine: benchEngine, feel: benchFeel, decisions: benchDecisions, 'sign-in': benchSignIn }

function read(): { bench: Bench; seconds?: number; full: boolean; peer: boolean } {
  const flag = { type: 'boolean', default: false } as const
  const options = { seconds: { type: 'string' }, full: flag, peer: flag } as const
  const { values, positionals: [name = 'engine', ...more] } = parseArgs({ options, allowPositionals: true })
  const bench = benches[name]
  if (!bench || more.length > 0) throw new Error(`Expected one of ${Object.keys(benches).join(', ')}, but got ${[name, ...more].join(' ')}`)
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds)
  if (seconds !== undefined && !(seconds > 0)) throw new Error(`Expected a number of seconds, but got ${values.seconds}`)
  const isEngine = bench === benchEngine
  if (!isEngine && (values.full || values.peer)) throw new Error('Expected --full and --peer with the engine only')
  return { bench, seconds, full: values.full, peer: values.peer }
}

try {
  const { bench, ...options } = read()
  await bench(options)
} catch (error) {
  console.error(error)
  process.exitCode = 2
}
