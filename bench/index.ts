/**
 * `npm run bench -- engine|feel|decisions|sign-in [--seconds N] [--full] [--peer] [--people N]`: measures on this machine, prints
 * tables and, as the last line, JSON. `--full` and `--peer` are the engine's: five million sleeping instances; the peer in the same
 * run. `--people` is signing in's: only the crowd, of so many.
 */
import { parseArgs } from 'node:util'
import { benchDecisions } from './decisions/index.ts'
import { benchEngine } from './engine/index.ts'
import { benchFeel } from './feel/index.ts'
import { benchSignIn } from './signIn/index.ts'

interface Options {
  seconds?: number
  people?: number
  full: boolean
  peer: boolean
}

type Bench = (options: Options) => Promise<void>

const benches: Record<string, Bench> = { engine: benchEngine, feel: benchFeel, decisions: benchDecisions, 'sign-in': benchSignIn }

function read(): Options & { bench: Bench } {
  const flag = { type: 'boolean', default: false } as const
  const options = { seconds: { type: 'string' }, people: { type: 'string' }, full: flag, peer: flag } as const
  const { values, positionals: [name = 'engine', ...more] } = parseArgs({ options, allowPositionals: true })
  const bench = benches[name]
  if (!bench || more.length > 0) throw new Error(`Expected one of ${Object.keys(benches).join(', ')}, but got ${[name, ...more].join(' ')}`)
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds)
  if (seconds !== undefined && !(seconds > 0)) throw new Error(`Expected a number of seconds, but got ${values.seconds}`)
  const people = values.people === undefined ? undefined : Number(values.people)
  if (people !== undefined && !(bench === benchSignIn && people >= 1)) throw new Error('Expected --people with sign-in only, and a number')
  const isEngine = bench === benchEngine
  if (!isEngine && (values.full || values.peer)) throw new Error('Expected --full and --peer with the engine only')
  return { bench, seconds, people, full: values.full, peer: values.peer }
}

try {
  const { bench, ...options } = read()
  await bench(options)
} catch (error) {
  console.error(error)
  process.exitCode = 2
}
