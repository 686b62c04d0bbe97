import { describe, expect, test } from 'vitest'
import type { TaskRow } from '../../server/http/contract/tasks.ts'
import { initialsOf, toneOf } from '../../ui/inbox/list/faces.ts'
import { groupOf, groupRows } from '../../ui/inbox/list/groupRows.ts'
import { languageOfName } from '../../ui/shared/words/languageOfName.ts'
import { mergeRows } from '../../ui/inbox/list/mergeRows.ts'

const zone = 'Europe/Belgrade'
/** A Tuesday, a quarter to ten in the morning in the town. */
const now = '2026-11-24T08:45:00Z'
const ana = { id: 'ana', name: 'Ана Ковач', mine: true }
const boris = { id: 'boris', name: 'Борис Његован', mine: false }

describe('live changes of the list', () => {
  test('a new task waits on top until it is asked for, and no shown row moves', () => {
    const shown = [task('1'), task('2')]

    const merged = mergeRows(shown, true, { rows: [task('new'), task('1'), task('2')], next: null })

    expect(ids(merged.rows)).toEqual(['1', '2'])
    expect(ids(merged.arrived)).toEqual(['new'])
    expect(merged.left).toEqual([])
  })

  test('a task taken by a colleague stays in its place with the name', () => {
    const shown = [task('1'), task('2')]

    const merged = mergeRows(shown, true, { rows: [task('1'), task('2', { holder: boris })], next: null })

    expect(merged.rows[1]?.holder).toEqual(boris)
    expect(ids(merged.taken)).toEqual(['2'])
  })

  test('what the clerk takes herself is not told as taken by somebody', () => {
    const merged = mergeRows([task('1')], true, { rows: [task('1', { holder: ana })], next: null })

    expect(merged.taken).toEqual([])
  })

  test('a task that was with a colleague already is no news', () => {
    const merged = mergeRows([task('1', { holder: boris })], true, { rows: [task('1', { holder: boris })], next: null })

    expect(merged.taken).toEqual([])
  })

  test('a completed task is told as left and keeps its line until the next action', () => {
    const merged = mergeRows([task('1'), task('2'), task('3')], true, { rows: [task('1'), task('3')], next: null })

    expect(ids(merged.left)).toEqual(['2'])
    expect(ids(merged.rows)).toEqual(['1', '2', '3'])
  })

  test('rows that come by scrolling are not announced as new', () => {
    const shown = [task('1'), task('2'), task('3')]

    const merged = mergeRows(shown, false, { rows: [task('1'), task('3'), task('4')], next: 'cursor' })

    expect(merged.arrived).toEqual([])
    expect(ids(merged.left)).toEqual(['2'])
  })

  test('rows beyond the reach of a first page are not taken for gone', () => {
    const shown = [task('1'), task('2'), task('3'), task('4')]

    const merged = mergeRows(shown, false, { rows: [task('new'), task('1'), task('2')], next: 'cursor' })

    expect(merged.left).toEqual([])
    expect(ids(merged.arrived)).toEqual(['new'])
  })
})

describe('groups by legal term', () => {
  test.each([
    ['2026-11-23', 'late'], ['2026-11-24', 'soon'], ['2026-11-25', 'soon'], ['2026-11-26', 'week'], ['2026-11-29', 'week'],
    ['2026-11-30', 'later'], ['2027-01-15', 'later'],
  ])('a term that ends on %s stands under "%s" on Tuesday, 24 November', (dueOn, group) => {
    expect(groupOf(task('1', { deadline: term(dueOn) }), now, zone)).toBe(group)
  })

  test('a term of hours that has run out this morning is late, though the day is not over', () => {
    const deadline = { ...term('2026-11-24'), dueAt: '2026-11-24T08:30:00Z' }

    expect(groupOf(task('1', { deadline }), now, zone)).toBe('late')
  })

  test('a term that stands is never late', () => {
    const deadline = { ...term('2026-11-20'), suspendedSince: '2026-11-18T09:00:00Z' }

    expect(groupOf(task('1', { deadline }), now, zone)).toBe('soon')
  })

  test('the day is the town\'s: shortly before its midnight tomorrow is not yet today', () => {
    const beforeMidnight = '2026-11-24T22:30:00Z'

    expect(groupOf(task('1', { deadline: term('2026-11-26') }), beforeMidnight, zone)).toBe('week')
    expect(groupOf(task('1', { deadline: term('2026-11-26') }), '2026-11-24T23:30:00Z', zone)).toBe('soon')
  })

  test('each group has a head with its count; the last stays open while more may come', () => {
    const rows = ['2026-11-20', '2026-11-24', '2026-11-25'].map((dueOn, at) => task(String(at), { deadline: term(dueOn) }))

    const open = groupRows(rows, false, now, zone)
    const complete = groupRows(rows, true, now, zone)

    expect(heads(open)).toEqual([['late', 1], ['soon', null]])
    expect(heads(complete)).toEqual([['late', 1], ['soon', 2]])
    expect(complete).toHaveLength(5)
  })
})

describe('names', () => {
  test.each([
    ['Милица Јовин', 'МЈ'], ['Ljubica Njegovan', 'LjNj'], ['Tóth Erzsébet', 'TE'], ['Ана', 'А'], ['  ', ''],
  ])('the initials of "%s" are "%s"', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  test('a colleague keeps one tone', () => {
    expect(toneOf('3f2a')).toBe(toneOf('3f2a'))
  })

  test.each([
    ['Szőke Ilona', 'sr-Cyrl', 'hu'], ['Đorđe Stančić', 'hu', 'sr-Latn'], ['Ђорђе Станчић', 'sr-Cyrl', 'sr-Cyrl'],
    ['Иван Петров', 'bg', 'bg'], ['Mihăilă Ștefan', 'ro', 'ro'], ['Ana Radic', 'sr-Cyrl', undefined],
  ])('%s in a town that speaks %s is shown as %s', (name, official, language) => {
    expect(languageOfName(name, official)).toBe(language)
  })
})

function task(id: string, change: Partial<TaskRow> = {}): TaskRow {
  return {
    id, caseId: `case-${id}`, number: `IV-201-${id}/2026`, procedure: 'register-extract', title: 'Извод', applicant: 'Ана Радић',
    step: 'Издавање', unit: 'registry', holder: null, status: 'in-progress', filedAt: '2026-11-20T08:00:00Z',
    createdAt: '2026-11-20T08:01:00Z', deadline: null, ...change,
  }
}

function term(dueOn: string): NonNullable<TaskRow['deadline']> {
  return {
    startsAt: '2026-11-16T08:00:00Z', dueAt: `${dueOn}T22:59:59Z`, dueOn, kind: 'workingDays', amount: 8, legalBasis: '',
    silence: 'none', suspendedSince: null, suspendedFor: null, suspensions: [], extendedAt: null, extension: null,
    formula: null, endedAt: null,
  }
}

function ids(rows: readonly TaskRow[]): string[] {
  return rows.map(({ id }) => id)
}

function heads(entries: ReturnType<typeof groupRows>): [string, number | null][] {
  return entries.flatMap((entry) => ('group' in entry ? [[entry.group, entry.count] as [string, number | null]] : []))
}
