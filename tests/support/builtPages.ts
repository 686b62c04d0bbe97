import { join } from 'node:path'
import { buildUi } from '../../server/launch/buildUi.ts'

/** Once for all test files: the pages as the server serves them, built when their sources changed. So each room's tests run alone. */
export default async function setup(): Promise<void> {
  await buildUi(join(import.meta.dirname, '..', '..'), (sentence) => void process.stderr.write(`${sentence}\n`))
}
