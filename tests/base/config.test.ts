import { expect, test } from 'vitest'
import { readConfig, readEngineConfig } from '../../server/base/config.ts'

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

const server = {
  DATABASE_URL: 'postgres://localhost/salter', KEYCLOAK_URL: 'http://localhost:8081', KEYCLOAK_CLIENT_SECRET: 'sixteen characters',
  KEYCLOAK_SERVICE_SECRET: 'sixteen characters', ZEEBE_ADDRESS: 'localhost:26500', PUBLIC_URL: 'http://localhost:8080', PORT: '8080',
  SMTP_URL: 'smtp://localhost', FILES_DIR: 'files', SECRET_KEY: 'thirty-two characters or more, for tests',
}
const door = {
  CERTIFICATE_DOOR_PORT: '8443', CERTIFICATE_DOOR_URL: 'https://login.town.example:8443/', CERTIFICATE_DOOR_TLS_CERTIFICATE: 'door.pem',
  CERTIFICATE_DOOR_TLS_KEY: 'door-key.pem', CERTIFICATE_DOOR_TRUST: 'rs=/etc/rs.pem, bg=/etc/bg.pem',
  CERTIFICATE_DOOR_HEADER: 'salter-certificate-0123456789abcdef', KEYCLOAK_DOOR_SECRET: 'sixteen characters',
}

test('a certificate door is configured as a whole or not at all', () => {
  expect(readConfig(server).CERTIFICATE_DOOR_PORT).toBeUndefined()
  expect(readConfig({ ...server, ...door })).toMatchObject({
    CERTIFICATE_DOOR_URL: 'https://login.town.example:8443', CERTIFICATE_DOOR_TRUST: { rs: '/etc/rs.pem', bg: '/etc/bg.pem' },
  })
  expect(() => readConfig({ ...server, ...door, CERTIFICATE_DOOR_HEADER: '' })).toThrow('CERTIFICATE_DOOR_HEADER: Expected it too')
})

test('a door without TLS, with a header that can be guessed or a country that is not known, is refused', () => {
  const wrong = {
    CERTIFICATE_DOOR_URL: 'http://login.town.example', CERTIFICATE_DOOR_HEADER: 'ssl-client-cert', CERTIFICATE_DOOR_TRUST: 'xx=/etc/xx.pem',
  }
  for (const [name, value] of Object.entries(wrong)) expect(() => readConfig({ ...server, ...door, [name]: value })).toThrow(name)
})

test('the authorities whose signatures count are one file per country, and another country is a fault', () => {
  const needed = {
    DATABASE_URL: 'postgres://localhost/salter', KEYCLOAK_URL: 'http://localhost:8081', KEYCLOAK_CLIENT_SECRET: 's'.repeat(16),
    KEYCLOAK_SERVICE_SECRET: 's'.repeat(16), ZEEBE_ADDRESS: 'localhost:26500', PUBLIC_URL: 'http://localhost:8080', PORT: '8080',
    SMTP_URL: 'smtp://localhost:25', FILES_DIR: '/var/lib/salter', SECRET_KEY: 's'.repeat(32),
  }

  expect(readConfig({ ...needed, SIGNATURE_TRUST: 'rs=/etc/rs.pem, bg=/etc/a=b.pem' }).SIGNATURE_TRUST).toEqual({ rs: '/etc/rs.pem', bg: '/etc/a=b.pem' })
  expect(readConfig(needed).SIGNATURE_TRUST).toBeUndefined()
  expect(() => readConfig({ ...needed, SIGNATURE_TRUST: 'xx=/etc/xx.pem' })).toThrow(/SIGNATURE_TRUST: Expected country=file/)
})
