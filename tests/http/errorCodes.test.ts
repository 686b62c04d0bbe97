import { expect, test } from 'vitest'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '../../server/http/contract/errorCodes.ts'

// Refused to the town's own workers and loops: no page ever meets them.
const inside = ['case-not-found']

test('every code that a verb or a door refuses with is listed, so that the texts have a sentence for it', async () => {
  const thrown = new Set<string>()
  for (const room of ['cases', 'http', 'identity', 'outside']) {
    for (const file of await readdir(join('server', room), { recursive: true })) {
      if (!file.endsWith('.ts')) continue
      const source = await readFile(join('server', room, file), 'utf8')
      for (const [, code] of source.matchAll(/(?:refuse|Refusal|super)\((?:kind|'[a-z-]+'), '([a-z-]+)'/g)) thrown.add(code!)
    }
  }

  const unlisted = [...thrown].filter((code) => !errorCodes.some((each) => each === code) && !inside.includes(code))

  expect(thrown.size).toBeGreaterThan(15)
  expect(unlisted).toEqual([])
})

test('each code is listed once', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length)
})
