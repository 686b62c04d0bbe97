import { expect, test } from 'vitest'
import { Pace } from '../../server/engine/pace.ts'

/** A machine on which a turn takes `msPerPiece` for each piece of work in it. Answers the amounts of so many turns with no end of work. */
function amounts(turns: number, msPerPiece: (turn: number) => number): number[] {
  let nowMs = 0
  const pace = new Pace(() => nowMs)
  return Array.from({ length: turns }, (_, turn) => {
    const amount = pace.next()
    pace.taken(amount)
    nowMs += amount * msPerPiece(turn)
    return amount
  })
}

test('of terms that end at once, as many are taken in one go as this machine can do while a clerk hardly waits', () => {
  const last = amounts(40, () => 0.125).at(-1)

  expect(last).toBe(160) // 20 ms
})

test('when the machine becomes slow, fewer are taken, but never so few that only commits are left', () => {
  const taken = amounts(60, (turn) => (turn < 30 ? 0.125 : 5))

  expect(taken[30]).toBe(160)
  expect(taken.at(-1)).toBe(25)
})

test('a pause in which nothing ended says nothing about the machine', () => {
  let nowMs = 0
  const pace = new Pace(() => nowMs)
  pace.taken(pace.next())
  nowMs += 10
  const before = pace.next()
  pace.taken(before - 1) // that was all there was

  nowMs += 3_600_000
  const after = pace.next()

  expect(after).toBe(before)
})
