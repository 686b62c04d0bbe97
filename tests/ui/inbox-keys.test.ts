import { describe, expect, test } from 'vitest'
import { isLetter } from '../../ui/shared/isLetter.ts'

describe('single letters of the list', () => {
  test('the letter of the reader\'s language is heard on a Latin keyboard', () => {
    expect(isLetter(key('p', 'KeyP'), 'P')).toBe(true)
    expect(isLetter(key('P', 'KeyP'), 'P')).toBe(true)
    expect(isLetter(key('j', 'KeyJ'), 'P')).toBe(false)
  })

  test('a Serbian Cyrillic page hears П from either keyboard', () => {
    expect(isLetter(key('п', 'KeyP'), 'П')).toBe(true)
    expect(isLetter(key('p', 'KeyP'), 'П')).toBe(true)
  })

  test('a Bulgarian keyboard is read by its physical keys', () => {
    expect(isLetter(key('з', 'KeyP'), 'P')).toBe(true)
    expect(isLetter(key('т', 'KeyJ'), 'J')).toBe(true)
  })

  test('a Latin keyboard of another order is read by what it writes', () => {
    expect(isLetter(key('h', 'KeyJ'), 'J')).toBe(false)
    expect(isLetter(key('j', 'KeyC'), 'J')).toBe(true)
  })
})

function key(typed: string, code: string): KeyboardEvent {
  return { key: typed, code } as KeyboardEvent
}
