import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { toJson } from '../../../../server/rules/feel/index.ts'
import { askCases } from './askCases.ts'
import type { Asked } from './askCases.ts'
import { readXml } from './readXml.ts'

const sample = fileURLToPath(new URL('sample', import.meta.url))

async function asked(parts: readonly string[] = []): Promise<Asked[]> {
  const all: Asked[] = []
  for await (const each of askCases(sample, parts)) all.push(each)
  return all
}

test('right answers to the cases of a test suite are told from wrong ones', async () => {
  const results = (await asked()).map(({ testCase, passed }) => `${testCase.id} ${passed ? 'passed' : 'failed'}`)

  expect(results).toEqual([
    'price passed', 'price wrong failed', 'receipt passed', 'no number passed', 'service passed', 'service failed', 'nobody failed',
  ])
})

test('a failure shows what was answered instead', async () => {
  const answers = (await asked()).filter((each) => !each.passed).map(({ answer }) => ('value' in answer ? toJson(answer.value) : answer.error))

  expect(answers[0]).toBe('70')
  expect(answers[1]).toBe('{"due":null,"amounts":[52.5,null],"term":"P0D"}')
  expect(answers[2]).toContain('but got Nobody')
})

test('only the folders that are named are asked', async () => {
  expect(await asked(['level-2'])).toHaveLength(7)
  expect(await asked(['level-3'])).toHaveLength(0)
})

test('XML is read with its namespaces, entities and comments put aside', () => {
  const root = readXml('<?xml version="1.0"?><!-- a --><t:a xmlns:t="x" t:k="&lt;1&#x41;"><b/>x &amp; <![CDATA[<y>]]></t:a>')

  expect([root.name, root.attributes.get('k'), root.text, root.children.map((each) => each.name)]).toEqual(['a', '<1A', 'x & <y>', ['b']])
  expect(() => readXml('<a><b></a>')).toThrow('not closed')
})
