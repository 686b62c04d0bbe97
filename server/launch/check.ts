/** `npm run check`: what must hold of the sources without running the product. Each check is told, all are run. */
import { spawn } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

const checks: readonly { what: string; command: string; args: string[] }[] = [
  { what: 'Types', command: bin('vue-tsc'), args: ['--noEmit', '-p', '.'] },
  { what: 'Lint', command: bin('oxlint'), args: [] },
  { what: 'Imports between rooms', command: bin('vitest'), args: ['run', 'tests/arrows.test.ts'] },
  { what: 'Texts in six languages', command: bin('vitest'), args: ['run', 'ui/texts', 'ui/inbox-texts', 'launch/loginTexts'] },
  { what: 'Procedures: diagrams and decisions linted, texts whole', command: bin('vitest'), args: ['run', 'tests/processes'] },
]

const failed: string[] = []
for (const { what, command, args } of checks) {
  process.stdout.write(`\n— ${what}\n`)
  await access(command)
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  if (code !== 0) failed.push(what)
}
process.stdout.write(failed.length === 0 ? '\nAll checks hold.\n' : `\nNot yet right: ${failed.join('; ')}\n`)
process.exit(failed.length === 0 ? 0 : 1)
