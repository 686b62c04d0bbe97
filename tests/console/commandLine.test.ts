import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCommandLine } from '../../server/console/commandLine.ts'

test('the dialect is told in either way, and is Zeebe\'s where none is', () => {
  expect(readCommandLine(['fees.dmn', 'fee', '--dialect', 'dmn'])).toEqual({ words: ['fees.dmn', 'fee'], dialect: 'dmn' })
  expect(readCommandLine(['--dialect=dmn', 'fees.dmn', 'fee'])).toEqual({ words: ['fees.dmn', 'fee'], dialect: 'dmn' })
  expect(readCommandLine([])).toEqual({ words: [], dialect: 'camunda' })
})

test.each([[['--dialect', 'java']], [['--fast']], [['--dialect']], [['-d', 'dmn']], [['--dialect', 'toString']]])('%j is not understood', (args) => {
  expect(readCommandLine(args)).toBeUndefined()
})

test('a command that is typed wrongly says how it is used, and ends with 2', async () => {
  const top = fileURLToPath(new URL('../..', import.meta.url))
  const started = spawn(process.execPath, ['--import', 'tsx', 'server/console/dmn.ts', 'fees.dmn', 'fee', 'more'], { cwd: top })
  started.stdin.end('{}\n')
  const ended = new Promise((resolve) => started.on('close', resolve))

  expect(await Promise.all([text(started.stdout), text(started.stderr)])).toEqual(['', expect.stringContaining('Expected npm run -s dmn --')])
  expect(await ended).toBe(2)
})
