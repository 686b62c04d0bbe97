/** The engine as its own process for tests that kill it: `engineProcess.ts DATABASE_URL`. Prints its port when it serves. */
import { makeLog } from '../../../server/base/log.ts'
import { serveEngine } from '../../../server/engine/serve.ts'

const log = makeLog({}, (line) => process.stderr.write(line + '\n'))
const served = await serveEngine({ databaseUrl: process.argv[2], host: '127.0.0.1', port: 0, log })
process.stdout.write(`${served.port}\n`)
