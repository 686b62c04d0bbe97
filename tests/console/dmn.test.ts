import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decider } from '../../server/console/decide.ts'
import { fromPlain, toJson } from '../../server/rules/feel/index.ts'
import { decision, dmn, input, literal } from '../rules/dmn/writeDmn.ts'

const file = fileURLToPath(new URL('../diagrams/extract-fee.dmn', import.meta.url))

test('a context a line is answered with the result first, then what matched', async () => {
  const answer = await decider(file, 'price', 'camunda')

  const line = toJson(fromPlain(answer('{"medium": "paper", "copies": 3}')))

  expect(line).toMatch(/^\{"output":320\.10?,"matchedRules":\[\{"ruleId":"paper","ruleIndex":2,/)
})

test('the same decision is made by its name', async () => {
  const answer = await decider(file, 'Price of one copy', 'camunda')

  expect(answer('{"medium": "file"}')).toMatchObject({ matchedRules: [{ ruleId: 'file' }] })
})

test('a context that fails says which decision and why; the next is answered all the same', async () => {
  const answer = await decider(file, 'extract-fee', 'camunda')

  expect(() => answer('{"medium": "paper", "copies": 10}')).toThrow(/^price: multiple values aren't allowed for UNIQUE hit policy/)
  expect(() => answer('[1]')).toThrow('Expected a context as a JSON object')
  expect(answer('{"medium": "file", "copies": 10}')).toMatchObject({ evaluatedDecisions: [{ decisionId: 'price' }, { decisionId: 'extract-fee' }] })
})

test('a decision that is not there is told with those that are', async () => {
  await expect(decider(file, 'nothing', 'camunda')).rejects.toThrow('Expected one of the decisions Fee of an extract, Price of one copy, but got nothing')
})

test('a file that is not there is told with its name', async () => {
  await expect(decider('nowhere.dmn', 'fee', 'dmn')).rejects.toThrow('Expected a decision model in the file nowhere.dmn, but it cannot be read (ENOENT)')
})

test('a model finds those that it imports in its own folder, by the standard', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salter-dmn-'))
  const receipt = dmn('<import name="fees" namespace="salter" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
    decision('receipt', literal('"Fee: " + string(fees.fee)'), { decisions: ['fee'] }).replace('#fee', 'salter#fee'))
  await writeFile(join(folder, 'receipt.dmn'), receipt.replace('namespace="salter">', 'namespace="receipts">'))
  await writeFile(join(folder, 'fees.dmn'), dmn(input('copies', { type: 'number' }), decision('fee', literal('copies * 200'), { inputs: ['copies'] })))

  const answer = await decider(join(folder, 'receipt.dmn'), 'receipt', 'dmn')

  expect(answer('{"copies": 2}')).toMatchObject({ output: 'Fee: 400' })
  await expect(decider(join(folder, 'receipt.dmn'), 'receipt', 'camunda')).rejects.toThrow('is imported')
  await rm(folder, { recursive: true })
})
