import { expect, test } from 'vitest'
import { oneAtATime } from '../../server/base/oneAtATime.ts'

test('works of one key wait for each other, also behind one that failed; works of another key do not', async () => {
  const inTurn = oneAtATime()
  const seen: string[] = []
  let letGo = (): void => undefined
  const slow = new Promise<void>((resolve) => void (letGo = resolve))
  const work = (name: string, until: Promise<void> = Promise.resolve()) => async (): Promise<string> => {
    seen.push(`${name} begins`)
    await until
    seen.push(`${name} ends`)
    return name
  }

  const first = inTurn('ana', work('first', slow))
  const failing = inTurn('ana', () => Promise.reject(new Error('no')))
  const second = inTurn('ana', work('second'))
  const other = await inTurn('boris', work('other'))
  letGo()

  await expect(failing).rejects.toThrow('no')
  expect([await first, await second, other]).toEqual(['first', 'second', 'other'])
  expect(seen).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends'])
})
