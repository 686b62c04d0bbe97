import { expect, test } from 'vitest'
import { Counter, Histogram, gauge } from '../../../server/engine/metrics/instruments.ts'
import { DueQueue } from '../../../server/engine/state/dueQueue.ts'

test('a counter tells each pair of labels apart', () => {
  const counter = new Counter('calls_total', 'Calls.', ['kind', 'outcome'])

  counter.add('start', 'done')
  counter.add('start', 'done')
  counter.add('start', 'overload')

  expect(counter.lines()).toEqual([
    '# HELP calls_total Calls.', '# TYPE calls_total counter',
    'calls_total{kind="start",outcome="done"} 2', 'calls_total{kind="start",outcome="overload"} 1',
  ])
})

test('a range of a histogram counts what lies in it and below, its upper bound included', () => {
  const histogram = new Histogram('rows', 'Rows.', [1, 10])

  for (const value of [0, 1, 2, 10, 11]) histogram.observe(value)

  expect(histogram.lines().slice(2)).toEqual(
    ['rows_bucket{le="1"} 2', 'rows_bucket{le="10"} 4', 'rows_bucket{le="+Inf"} 5', 'rows_sum 24', 'rows_count 5'])
})

test('a gauge is one line under its name', () => {
  expect(gauge('streams', 'Streams.', 4)).toEqual(['# HELP streams Streams.', '# TYPE streams gauge', 'streams 4'])
})

test('moments that have come are counted, and those to come are not', () => {
  const queue = new DueQueue()
  queue.absorb([], 10, [5, 1, 9, 3, 7].map((dueAt) => ({ kind: 'timer', key: String(dueAt), owner: '1', dueAt })), () => false, 0)

  expect([0, 1, 5, 100].map((nowMs) => queue.countDue(nowMs))).toEqual([0, 1, 3, 5])
})
