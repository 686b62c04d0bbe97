import { expect, test } from 'vitest'
import { DAY_MS, diagram, takeJobs, trial, variablesOf } from '../support.ts'

test('a sub-process has its own variables and hands out what it maps', async () => {
  const { start, take } = await trial('sub-process')
  await start('sub-process', { caseId: 'a' })

  const first = await take('first')

  expect(variablesOf(first)).toEqual({ caseId: 'a', own: 'a' })
})

test('a sub-process is done when its last element is, and takes its locals along', async () => {
  const { start, take, complete } = await trial('sub-process')
  await start('sub-process', { caseId: 'a' })

  await complete('first', { own: 'changed inside', answer: 'yes' })
  await complete('second')

  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', answer: 'yes' })
})

test('a timer on its border ends all that goes on inside', async () => {
  const { start, complete, advance, ready, left } = await trial('sub-process')
  await start('sub-process', { caseId: 'a' })
  await complete('first')

  await advance(30 * DAY_MS)

  expect(await ready('second', 'after', 'close')).toEqual(['close'])
  expect(left().filter((each) => each.endsWith('terminated'))).toEqual(['second terminated', 'hearing terminated'])
})

test('a terminate end event ends everything beside it', async () => {
  const { start, complete, ready, left } = await trial('terminate-end')
  await start('terminate-end')

  await complete('stop')

  expect(await ready('work')).toEqual([])
  expect(left().slice(-3)).toEqual(['all completed', 'work terminated', 'terminate-end completed'])
})

test('tasks and events that mean nothing to an engine are passed', async () => {
  const { start, ready, left } = await trial('pass-through')

  await start('pass-through')

  expect(await ready('after')).toEqual(['after'])
  expect(left()).toEqual(['start completed', 'undefined completed', 'stamp completed', 'mark completed'])
})

test('a terminate end event in a sub-process ends what is beside it there, and the process goes on', async () => {
  const { start, complete, ready, left } = await trial('terminate-sub-process')
  await start('terminate-sub-process')

  await complete('stop')

  expect(await ready('hear', 'after')).toEqual(['after'])
  expect(left().slice(-3)).toEqual(['all completed', 'hear terminated', 'hearing completed'])
})

test('a terminate end event in one of many ends only that one', async () => {
  const { engine, start, take } = await trial('terminate-multi-instance')
  await start('terminate-multi-instance', { offices: ['water', 'roads'] })
  const [first, second] = await takeJobs(engine, 'stop')

  await engine.completeJob({ jobKey: first!.key })
  const left = await takeJobs(engine, 'hear')
  await engine.completeJob({ jobKey: second!.key })

  expect(left.map(variablesOf)).toMatchObject([{ office: 'roads' }])
  expect(variablesOf(await take('after'))).toEqual({ offices: ['water', 'roads'], heard: ['water', 'roads'] })
})

test('after a terminate end event in one of many the next has its turn', async () => {
  const { engine, start, take, complete, ready } = await trial()
  const { name, content } = await diagram('terminate-multi-instance')
  await engine.deploy([{ name, content: content.replace('LoopCharacteristics>', 'LoopCharacteristics isSequential="true">') }])
  await start('terminate-multi-instance', { offices: ['water', 'roads'] })

  await complete('stop')
  const second = await take('stop')
  await engine.completeJob({ jobKey: second.key })

  expect(variablesOf(second)).toMatchObject({ office: 'roads', loopCounter: 2 })
  expect(await ready('hear', 'after')).toEqual(['after'])
})

test('an activity with several ways out takes all of them', async () => {
  const { start, complete, ready, left } = await trial('several-ways')
  await start('several-ways')

  await complete('work')

  expect(await ready('left', 'right')).toEqual(['left', 'right'])
  expect(left()).toEqual(['start completed', 'work completed'])
})

test('a process without end events is over when nothing is left in it', async () => {
  const { start, complete, left } = await trial('several-ways')
  await start('several-ways')

  for (const type of ['work', 'left', 'right']) await complete(type)

  expect(left().slice(-3)).toEqual(['left completed', 'right completed', 'several-ways completed'])
})
