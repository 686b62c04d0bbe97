/** The engine as a process that can be killed: `engineProcess.ts DATABASE_URL PORT READ_PORT`. Its read port says whether it serves. */
import { makeLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'

const [databaseUrl, port, readPort] = process.argv.slice(2)
const log = makeLog({}, (line) => process.stderr.write(line + '\n'))
await serveEngine({ databaseUrl, host: '127.0.0.1', port: Number(port), readPort: Number(readPort), log })
