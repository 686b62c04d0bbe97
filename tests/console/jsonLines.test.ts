import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { answerLines } from '../../server/console/jsonLines.ts'
import { parseJson } from '../../server/rules/feel/index.ts'

async function answersTo(lines: string, answer: (line: string) => unknown): Promise<string[]> {
  const output = new PassThrough()
  await answerLines(Readable.from([lines]), output, answer)
  output.end()
  return (await text(output)).split('\n').slice(0, -1)
}

test('each line is answered by a line, in order, also the last without an end', async () => {
  const answers = await answersTo('1\n\n2\r\n3', (line) => ({ value: line }))

  expect(answers).toEqual(['{"value":"1"}', '{"value":"2"}', '{"value":"3"}'])
})

test('a number longer than JavaScript counts comes back as it went in', async () => {
  const answers = await answersTo('9007199254740993.10000000000000001', (line) => ({ value: parseJson(line) }))

  expect(answers).toEqual(['{"value":9007199254740993.10000000000000001}'])
})

test('a line that cannot be answered says why, and the next is answered all the same', async () => {
  const answers = await answersTo('{\n[]', (line) => ({ value: parseJson(line) }))

  expect(answers).toEqual([expect.stringMatching(/^\{"error":"Expected JSON/), '{"value":[]}'])
})

test('lines are answered as they come, before the input ends', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const answering = answerLines(input, output, (line) => line)

  input.write('first\n')
  const [answer] = (await output.iterator({ destroyOnReturn: false }).next()).value.toString().split('\n')

  expect(answer).toBe('"first"')
  input.end()
  await answering
})
