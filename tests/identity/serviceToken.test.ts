import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { serviceTokens } from '../../server/identity/serviceToken.ts'
import { connectZeebe } from '../../server/zeebe/client.ts'
import { startTokenIssuer } from '../support/tokenIssuer.ts'

async function keycloakTwin() {
  const issuer = await startTokenIssuer('salter-service')
  onTestFinished(() => issuer.close())
  const settings = { KEYCLOAK_URL: new URL(issuer.issuer).origin, KEYCLOAK_REALM: 'test', KEYCLOAK_SERVICE_SECRET: 'synthetic-secret' }
  return { issuer, settings }
}

test('a token is fetched once, kept, and fetched anew shortly before its end', async () => {
  const { issuer, settings } = await keycloakTwin()
  const clock = new MovableClock()
  const token = serviceTokens(settings, clock)

  const [first, same] = await Promise.all([token(), token()])
  clock.advance(49_000)
  const kept = await token()
  clock.advance(2000)
  await token()

  expect([same, kept]).toEqual([first, first])
  expect(issuer.given()).toBe(2)
})

test('a Keycloak that does not know us is an outage, and asked again the next time', async () => {
  const { settings } = await keycloakTwin()
  const token = serviceTokens({ ...settings, KEYCLOAK_REALM: 'elsewhere' }, new MovableClock())

  await expect(token()).rejects.toMatchObject({ name: 'Outage', system: 'keycloak' })
  await expect(token()).rejects.toMatchObject({ name: 'Outage', system: 'keycloak' })
})

test('the product reaches an engine that asks for tokens', async () => {
  const { issuer, settings } = await keycloakTwin()
  const engine = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog, tokens: { issuer: issuer.issuer, audience: 'salter-service' } })
  onTestFinished(() => engine.close())
  const zeebe = connectZeebe({ address: `127.0.0.1:${engine.port}`, log: quietLog, token: serviceTokens(settings, new MovableClock()) })
  onTestFinished(() => zeebe.close())

  await zeebe.publishMessage({ name: 'filed', correlationKey: 'a', timeToLiveMs: 0 })
  const topology = await zeebe.topology()
  // Through our own stub, beside zeebe-node.
  const unknown = zeebe.updateJobTimeout('1', 1000)

  expect(topology.gatewayVersion).toBe('8.5.0')
  await expect(unknown).rejects.toMatchObject({ kind: 'not-found' })
})
