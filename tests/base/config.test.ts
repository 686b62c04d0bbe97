import { expect, test } from 'vitest'
import { readEngineConfig } from '../../server/base/config.ts'

const alone = { ENGINE_PORT: '26500', ENGINE_MEMORY: 'true' }

test('an engine needs a port, and a database or the word that it may forget everything', () => {
  expect(readEngineConfig(alone)).toMatchObject({ ENGINE_PORT: 26500, HOST: '127.0.0.1', ENGINE_MEMORY: true })
  expect(readEngineConfig({ ENGINE_PORT: '0', DATABASE_OWNER_URL: 'postgres://localhost/salter' })).toMatchObject({ ENGINE_PORT: 0 })
  expect(() => readEngineConfig({ ENGINE_PORT: '26500' })).toThrow('DATABASE_OWNER_URL: Expected a database, or ENGINE_MEMORY=true')
  expect(() => readEngineConfig({ ENGINE_MEMORY: 'true' })).toThrow('ENGINE_PORT')
})

test('an issuer without an audience and a certificate without its key are faults, told together', () => {
  const half = { ...alone, ENGINE_TOKEN_ISSUER: 'http://localhost:8081/realms/salter', ENGINE_TLS_KEY: 'key.pem' }

  expect(() => readEngineConfig(half)).toThrow(/ENGINE_TOKEN_AUDIENCE: Expected it beside ENGINE_TOKEN_ISSUER\n.*ENGINE_TLS_CERTIFICATE: Expected it beside ENGINE_TLS_KEY/)
})

test('a line left empty in a file of settings is one that is not set', () => {
  expect(readEngineConfig({ ...alone, ENGINE_TOKEN_ISSUER: '', ENGINE_TOKEN_AUDIENCE: '', HOST: '' })).toMatchObject({ HOST: '127.0.0.1' })
})
