import { expect, test } from 'vitest'
import { trial } from '../support.ts'

test('a script calculates in decimals and keeps its result', async () => {
  const { start, take } = await trial('script-task')
  await start('script-task', { copies: 3 })

  const after = await take('after')

  expect(after.variables).toMatch(/"fee":960\.30?[,}]/)
})
