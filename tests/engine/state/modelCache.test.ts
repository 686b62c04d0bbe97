import { expect, test } from 'vitest'
import { ModelCache } from '../../../server/engine/state/modelCache.ts'

test('of more diagrams than there is room for, those used last stay', () => {
  const cache = new ModelCache<{ elements: number }>(30, ({ elements }) => elements)
  for (const key of ['extract', 'petition', 'allowance']) cache.keep(key, { elements: 10 })

  cache.get('extract')
  cache.keep('certificate', { elements: 10 })

  expect(['extract', 'petition', 'allowance', 'certificate'].filter((key) => cache.get(key))).toEqual(
    ['extract', 'allowance', 'certificate'])
})

test('one large diagram takes the room of several small ones, and is there even if it is larger than all the room', () => {
  const cache = new ModelCache<{ elements: number }>(30, ({ elements }) => elements)
  for (const key of ['extract', 'petition', 'allowance']) cache.keep(key, { elements: 10 })

  cache.keep('building-permit', { elements: 500 })

  expect(['extract', 'petition', 'allowance'].filter((key) => cache.get(key))).toEqual([])
  expect(cache.get('building-permit')).toEqual({ elements: 500 })
})

test('a diagram kept twice counts once, and one that is deleted not at all', () => {
  const cache = new ModelCache<{ elements: number }>(30, ({ elements }) => elements)
  cache.keep('extract', { elements: 10 })

  cache.keep('extract', { elements: 20 })
  cache.keep('petition', { elements: 10 })
  cache.remove('extract')
  cache.keep('allowance', { elements: 20 })

  expect(['extract', 'petition', 'allowance'].filter((key) => cache.get(key))).toEqual(['petition', 'allowance'])
})
