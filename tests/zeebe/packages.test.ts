import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPackage } from '../../server/zeebe/packages.ts'

const shipped = fileURLToPath(new URL('../../processes/register-extract', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-package-'))
  await cp(shipped, folder, { recursive: true })
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const change = async (file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(join(folder, file), 'utf8')
  await writeFile(join(folder, file), text.replace(from, to))
}

test('a procedure is read with its decisions, and a changed decision is another content', async () => {
  const before = await readPackage(folder)

  await change('decisions/fee.dmn', 'A citizenship certificate on paper', 'A certificate of citizenship on paper')
  const after = await readPackage(folder)

  expect(Object.keys(before.decisions)).toEqual(['fee.dmn'])
  expect(after.checksum).not.toBe(before.checksum)
})

test('a decision with a mistake in it is told with its file and what is wrong there', async () => {
  await change('decisions/fee.dmn', 'get value(fee, tariff.amount) *', 'get value(fee, tariff.amount *')

  await expect(readPackage(folder)).rejects.toThrow(/^Expected \S+decisions\/fee\.dmn to hold decisions that can be made, but: .*fee/s)
})

test('a decision that requires one that is not there is told with its file', async () => {
  await change('decisions/fee.dmn', 'href="#tariff"', 'href="#price"')

  await expect(readPackage(folder)).rejects.toThrow(/fee\.dmn to hold decisions that can be made, but: .*price/s)
})

test('a file among the decisions that is none is refused by its name', async () => {
  await writeFile(join(folder, 'decisions', 'notes.txt'), 'ask the registrar')

  await expect(readPackage(folder)).rejects.toThrow(/^Expected a decision model named <name>\.dmn, but found \S+notes\.txt$/)
})

test('a decision that is in two files is refused with both', async () => {
  await cp(join(folder, 'decisions', 'fee.dmn'), join(folder, 'decisions', 'price.dmn'))

  await expect(readPackage(folder)).rejects.toThrow(/^Expected each decision once, but fee is in \S+fee\.dmn and in \S+price\.dmn$/)
})

test('a fee decided by a decision that the procedure lacks is refused', async () => {
  await change('procedure.json', '"feeDecision": "fee"', '"feeDecision": "price"')

  await expect(readPackage(folder)).rejects.toThrow(/to have the decision price that procedure\.json names, but found none$/)
})
