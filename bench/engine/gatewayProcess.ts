/**
 * A gateway as a process of its own, as in production: `empty`, or the engine on the database whose address is given. Prints its port
 * and how many milliseconds it took to serve once its code was loaded.
 */
import { makeLog } from '../../server/base/log.ts'
import type { Engine } from '../../server/engine/engine.ts'
import { startGateway } from '../../server/engine/gateway/server.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { emptyEngine } from './emptyGateway.ts'

const [kind, databaseUrl] = process.argv.slice(2)
const log = makeLog({}, (line) => process.stderr.write(line + '\n'))
const where = { host: '127.0.0.1', port: 0, log }
const begun = performance.now()
const served = kind === 'empty'
  ? await startGateway({ engine: emptyEngine() as Engine, ...where })
  : await serveEngine({ databaseUrl, ...where })
process.stdout.write(`${served.port} ${performance.now() - begun}\n`)
process.once('SIGTERM', () => void served.close().then(() => process.exit(0)))
