import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTrust } from '../../../server/outside/signatures/index.ts'

let folder: string

const pemOf = async (name: string): Promise<string> => {
  const base64 = (await readFile(join(import.meta.dirname, 'authorities', name))).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-trust-'))
  await writeFile(join(folder, 'rs.pem'), (await pemOf('root.cer')) + (await pemOf('listed.cer')))
  await writeFile(join(folder, 'bg.pem'), 'no certificates yet\n')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('the authorities of a country are those of its file', async () => {
  expect((await readTrust(join(folder, 'rs.pem'))).map((each) => each.named('2.5.4.3'))).toEqual(['Salter Test Root', 'Salter Test Listed CA'])
})

test('a country without a file believes nobody', async () => {
  expect(await readTrust(undefined)).toEqual([])
})

test('a file that is missing, or has no certificate in it, stops the start and is named', async () => {
  await expect(readTrust(join(folder, 'bg.pem'))).rejects.toThrow(/bg\.pem/)
  await expect(readTrust(join(folder, 'ro.pem'))).rejects.toThrow(/ro\.pem/)
})
