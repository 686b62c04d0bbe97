import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

async function feel(lines: readonly object[], ...options: string[]): Promise<{ answers: string[]; code: number }> {
  const command = spawn(process.execPath, ['--import', 'tsx', 'server/console/feel.ts', ...options], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exit = once(command, 'exit')
  command.stdin.on('error', () => {}) // a command that refuses its options reads nothing
  command.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const answers = (await text(command.stdout)).split('\n').slice(0, -1)
  const [code] = (await exit) as [number]
  return { answers, code }
}

test('expressions and tests are answered line by line, also those that are wrong', async () => {
  const { answers } = await feel([
    { expression: 'fee * copies', context: { fee: 0.1, copies: 3 } },
    { expression: '> 5, null', unaryTests: true, input: 7 },
    { expression: '? > limit', unaryTests: true, input: 7, context: { limit: 9 } },
    { expression: '? > limit', unaryTests: true, context: { input: 7, limit: 5 } },
    { expression: '1 +' },
    { context: {} },
  ])

  expect(answers).toEqual([
    '{"value":0.3}',
    '{"value":true}',
    '{"value":false}',
    '{"value":true}',
    '{"error":"The expression ends too early: something is missing at its end","position":3}',
    expect.stringContaining('"error":"Expected an object with an \\"expression\\"'),
  ])
})

test('in the standard\'s dialect the keys of the context are names, whatever signs they have', async () => {
  const context = { Applicant: { 'Monthly-Income': 5 } }

  const { answers } = await feel([{ expression: 'Applicant.Monthly-Income * 2', context }], '--dialect', 'dmn')

  expect(answers).toEqual(['{"value":10}'])
})

test('a dialect that nobody speaks is refused', async () => {
  expect((await feel([], '--dialect', 'excel')).code).toBe(2)
})
