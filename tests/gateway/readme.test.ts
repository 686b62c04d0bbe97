import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'

const folder = import.meta.dirname

/** Every text in single quotes that stands where a test is named: first in `test(…)`, after a table, or first in a row of one. */
async function testNames(): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts') && file !== 'readme.test.ts')
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')))
  return texts.flatMap((text) => [...text.matchAll(/^ *(?:test\(|test\.each\(.*\)\(|\[|\]\)\()'([^']+ [^']+)',/gm)].map(([, name]) => name!))
}

async function readme(): Promise<string> {
  return readFile(`${folder}/README.md`, 'utf8')
}

test('every test that the tables name is there', async () => {
  const names = new Set(await testNames())

  const named = [...(await readme()).matchAll(/^\| [^|]+ \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name]) => name!).filter((name) => name !== 'test')

  expect(named.length).toBeGreaterThan(100)
  expect(named.filter((name) => !names.has(name))).toEqual([])
})

test('every call of the protocol is named', async () => {
  const text = await readme()

  expect(Object.keys(gatewayProtocol().service).filter((call) => !text.includes(call))).toEqual([])
})
