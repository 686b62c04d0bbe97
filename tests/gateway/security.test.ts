/** Who may call, and over what: tokens of an OpenID Connect provider, and TLS. Only our own gateway is configured here. */
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { protoPath } from 'grpc-health-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ZBClient } from 'zeebe-node'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine, type ServeEngineOptions } from '../../server/engine/serve.ts'
import { testCertificate } from '../support/certificate.ts'
import { startTokenIssuer, type TokenIssuer } from '../support/tokenIssuer.ts'
import { call, connect, openStream, poll, type Wire } from './wire.ts'

const AUDIENCE = 'salter-service'

async function served(options: Partial<ServeEngineOptions>): Promise<string> {
  // By its name: a certificate is asked for under one, and none may be an address (RFC 6066, 3).
  const engine = await serveEngine({ host: 'localhost', port: 0, log: quietLog, ...options })
  onTestFinished(() => engine.close())
  return `localhost:${engine.port}`
}

async function issuerForTest(): Promise<TokenIssuer> {
  const issuer = await startTokenIssuer(AUDIENCE)
  onTestFinished(() => issuer.close())
  return issuer
}

function connected(...where: Parameters<typeof connect>): Wire {
  const wire = connect(...where)
  onTestFinished(() => wire.close())
  return wire
}

function showing(authorization: string): Metadata {
  const metadata = new Metadata()
  metadata.set('authorization', authorization)
  return metadata
}

/** A gateway that asks for tokens of a new issuer. */
async function guarded() {
  const issuer = await issuerForTest()
  const address = await served({ tokens: { issuer: issuer.issuer, audience: AUDIENCE } })
  return { issuer, address, wire: connected(address) }
}

describe('when a token is asked for', () => {
  test('a call with a token of the issuer for this audience is served', async () => {
    const { issuer, wire } = await guarded()

    const topology = await call(wire, 'Topology', {}, showing(`Bearer ${await issuer.token()}`))

    expect(topology).toMatchObject({ clusterSize: 1 })
  })

  test('a call without a token is UNAUTHENTICATED, whether it answers once or streams', async () => {
    const { wire } = await guarded()

    await expect(call(wire, 'Topology', {})).rejects.toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringContaining('bearer token') })
    await expect(poll(wire, { type: 'work', requestTimeout: -1 }).ended).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
    expect(await openStream(wire, { type: 'work' }).ended).toBe(status.UNAUTHENTICATED)
  })

  test.each<[string, (issuer: TokenIssuer) => Promise<string> | string]>([
    ['a token for another audience is UNAUTHENTICATED', (issuer) => issuer.token({ aud: 'salter-web' })],
    ['a token of another issuer is UNAUTHENTICATED', (issuer) => issuer.token({ iss: 'http://elsewhere.example' })],
    ['a token that has ended is UNAUTHENTICATED', (issuer) => issuer.token({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['a token without an end is UNAUTHENTICATED', (issuer) => issuer.token({ exp: undefined })],
    ['a token that is not valid yet is UNAUTHENTICATED', (issuer) => issuer.token({ nbf: Math.floor(Date.now() / 1000) + 60 })],
    ['a token signed by somebody else is UNAUTHENTICATED', (issuer) => issuer.forged()],
    ['what is no token at all is UNAUTHENTICATED', () => 'let-me-in'],
  ])('%s', async (_name, tokenOf) => {
    const { issuer, wire } = await guarded()

    const asked = call(wire, 'Topology', {}, showing(`Bearer ${await tokenOf(issuer)}`))

    await expect(asked).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
  })

  test('a name and a password in place of a token are UNAUTHENTICATED', async () => {
    const { wire } = await guarded()

    await expect(call(wire, 'Topology', {}, showing('Basic ZGVtbzpkZW1v'))).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
  })

  test('an issuer that does not answer is UNAVAILABLE, and asked again by the next call', async () => {
    const { issuer, address } = await guarded()
    const silent = `${issuer.issuer}/nothing-here`
    const wire = connected(await served({ tokens: { issuer: silent, audience: AUDIENCE } }))
    const token = showing(`Bearer ${await issuer.token()}`)

    await expect(call(wire, 'Topology', {}, token)).rejects.toMatchObject({ code: status.UNAVAILABLE })
    await expect(call(wire, 'Topology', {}, token)).rejects.toMatchObject({ code: status.UNAVAILABLE })
    expect(await call(connected(address), 'Topology', {}, token)).toMatchObject({ clusterSize: 1 })
  })

  test('health is open to all, so that whoever watches needs no token', async () => {
    const { address } = await guarded()
    const health = loadPackageDefinition(loadSync(protoPath)) as never as { grpc: { health: { v1: { Health: new (address: string, from: unknown) => Wire } } } }
    const client = new health.grpc.health.v1.Health(address, credentials.createInsecure())
    onTestFinished(() => client.close())

    expect(await call(client, 'check', { service: '' })).toMatchObject({ status: 1 })
  })
})

describe('over TLS', () => {
  test('a client that trusts the certificate is served, one that speaks plain text is not', async () => {
    const tls = testCertificate()
    const address = await served({ tls })

    const trusting = connected(address, credentials.createSsl(tls.certificate))
    const plain = connected(address)

    expect(await call(trusting, 'Topology', {})).toMatchObject({ clusterSize: 1 })
    await expect(call(plain, 'Topology', {})).rejects.toMatchObject({ code: status.UNAVAILABLE })
  })

  test('a client that does not know the certificate refuses the gateway', async () => {
    const address = await served({ tls: testCertificate() })

    const wary = connected(address, credentials.createSsl(testCertificate().certificate))

    await expect(call(wary, 'Topology', {})).rejects.toMatchObject({ code: status.UNAVAILABLE })
  })

  test('zeebe-node fetches a token by client credentials and works through TLS', async () => {
    const issuer = await issuerForTest()
    const tls = testCertificate()
    const address = await served({ tls, tokens: { issuer: issuer.issuer, audience: AUDIENCE } })
    const zeebe = new ZBClient(address, {
      loglevel: 'NONE', retry: false, useTLS: true, customSSL: { rootCerts: tls.certificate },
      oAuth: { url: issuer.tokenUrl, audience: AUDIENCE, clientId: 'suite', clientSecret: 'synthetic', cacheOnDisk: false },
    })
    onTestFinished(() => void zeebe.close())

    const message = await zeebe.publishMessage({ name: 'filed', correlationKey: 'a', timeToLive: 0, variables: {} })

    expect(message).toMatchObject({ key: expect.stringMatching(/^\d+$/) })
  })

  test('zeebe-node without a token is turned away', async () => {
    const issuer = await issuerForTest()
    const address = await served({ tokens: { issuer: issuer.issuer, audience: AUDIENCE } })
    const zeebe = new ZBClient(address, { loglevel: 'NONE', retry: false })
    onTestFinished(() => void zeebe.close())

    await expect(zeebe.topology()).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
  })
})
