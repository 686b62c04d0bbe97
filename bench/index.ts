/** `npm run bench -- engine|feel|decisions [--seconds N]`: measures on this machine, prints tables and, as the last line, JSON. */
import { benchDecisions } from './decisions/index.ts'
import { benchEngine } from './engine/index.ts'
import { benchFeel } from './feel/index.ts'

type Bench = (options: { seconds?: number }) => Promise<void>

const benches: Record<string, Bench> = { engine: benchEngine, feel: benchFeel, decisions: benchDecisions }

const [name = 'engine', ...options] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  console.error(`Expected one of ${Object.keys(benches).join(', ')}, but got ${name}`)
  process.exitCode = 2
} else {
  const seconds = options[0] === '--seconds' ? Number(options[1]) : undefined
  await bench({ seconds })
}
