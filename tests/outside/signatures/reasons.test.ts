import { expect, test } from 'vitest'
import type { Reason, Remark } from '../../../server/outside/signatures/report.ts'
import { keptWorld } from './world.ts'

const world = await keptWorld()
const silent = async (): Promise<Uint8Array> => {
  throw new Error('Nobody answers')
}
const found = async (file: string, options?: Parameters<typeof world.validator>[0], content?: string) =>
  (await world.validator(options).validate(await world.toValidate({ file, content }))).signatures[0]

const told: [string, Reason][] = [
  ['gap.pdf', 'range-broken'], ['attr-two-signers.pdf', 'several-signers'], ['more-pages.pdf', 'pages-changed'],
  ['other-text.pdf', 'content-changed'], ['other-pages.pdf', 'content-changed'], ['note-after.pdf', 'notes-added'],
  ['filled-after-forbidden.pdf', 'change-forbidden'], ['flipped-before.pdf', 'file-altered'], ['flipped-value.pdf', 'signature-broken'],
  ['cert-expired.pdf', 'certificate-expired'], ['cert-expired-kept.pdf', 'certificate-expired'],
  ['cert-not-yet.pdf', 'certificate-not-yet-valid'],
  ['cert-revoked-early.pdf', 'certificate-revoked'], ['cert-held.pdf', 'certificate-suspended'],
  ['cert-of-withdrawn.pdf', 'issuer-revoked'],
  ['cert-of-not-ca.pdf', 'issuer-no-authority'], ['cert-of-stale.pdf', 'revocation-old'], ['cert-no-status.pdf', 'revocation-unknown'],
  ['cert-unlisted.pdf', 'issuer-unknown'], ['cert-self-made.pdf', 'issuer-unknown'], ['cert-only-login.pdf', 'not-for-signing'],
  ['sha1.pdf', 'algorithm-weak'], ['attr-no-time.pdf', 'time-missing'], ['attr-no-certificate-name.pdf', 'certificate-not-named'],
  ['attr-no-certificate.pdf', 'certificate-missing'], ['attr-other-certificate.pdf', 'certificate-other'],
  ['detached-alone.p7s', 'file-missing'],
]

test.each(told)('%s is told as %s', async (file, reason) => {
  expect((await found(file))?.reason).toBe(reason)
})

const remarked: [string, Remark[]][] = [
  ['t-rsa.pdf', []],
  ['b-rsa.pdf', ['time-only-claimed']],
  ['filled-after.pdf', ['form-filled-after', 'time-only-claimed']],
  ['filled-after-allowed.pdf', ['time-only-claimed']],
  ['attr-future.pdf', ['time-in-future', 'time-only-claimed']],
  ['stamp-stranger.pdf', ['stamp-not-trusted']],
  ['stamp-future.pdf', ['stamp-not-trusted']],
]

test.each(remarked)('%s passes, with the remarks %j', async (file, remarks) => {
  expect(await found(file)).toMatchObject({ indication: 'TOTAL-PASSED', remarks })
})

test('a good signature says who, when, how far it is proven and that the certificate is not revoked', async () => {
  expect(await found('t-rsa.pdf')).toEqual({
    indication: 'TOTAL-PASSED', sub: null, reason: null, remarks: [], level: 'T',
    signer: { name: 'Јована Маринковић', issuer: 'Salter Test Citizens CA', personalNumber: '2307990855035' },
    claimedAt: '2026-11-24T09:00:00.000Z', provenAt: '2026-11-24T09:00:05.000Z', revocation: 'good',
  })
})

test('when the authority does not answer, that is the reason, and nothing is called good', async () => {
  expect(await found('b-rsa.pdf', { fetchWith: silent })).toMatchObject({
    indication: 'INDETERMINATE', sub: 'CERTIFICATE_CHAIN_GENERAL_FAILURE', reason: 'revocation-unreachable', revocation: 'unknown',
  })
  expect(await found('cert-ocsp-good.pdf', { fetchWith: silent })).toMatchObject({ reason: 'revocation-unreachable' })
})

test('a file that brings its own lists needs no network: B-LT and B-LTA pass without it', async () => {
  for (const file of ['lt-rsa.pdf', 'lta-rsa.pdf']) {
    expect(await found(file, { fetchWith: silent })).toMatchObject({ indication: 'TOTAL-PASSED' })
  }
  expect(await found('detached-lt.p7s', { fetchWith: silent }, 'request.pdf')).toMatchObject({ indication: 'TOTAL-PASSED' })
})

test('only addresses that a trusted authority has written are asked', async () => {
  const asked: string[] = []
  const fetchWith = async (address: string) => {
    asked.push(address)
    return world.fetch(address)
  }

  await found('cert-unlisted.pdf', { fetchWith })
  await found('cert-self-made.pdf', { fetchWith })
  expect(asked).toEqual([])

  await found('b-rsa.pdf', { fetchWith })
  expect(asked).toEqual(['http://pki.salter.example/issuing.crl', 'http://pki.salter.example/root.crl'])
})

test('an answer that is no list, or a list of somebody else, counts as none', async () => {
  const garbage = async (): Promise<Uint8Array> => Buffer.from('<html>please log in</html>')
  const others = async (): Promise<Uint8Array> => world.fetch('http://pki.salter.example/stranger.crl')

  for (const fetchWith of [garbage, others]) {
    expect(await found('b-rsa.pdf', { fetchWith })).toMatchObject({ indication: 'INDETERMINATE', reason: 'revocation-unknown' })
  }
})

test('years later, a stamped signature with its own lists still passes; a plain one is not proven any more', async () => {
  const at = Date.parse('2033-06-01T00:00:00Z')

  expect(await found('lt-rsa.pdf', { at, fetchWith: silent })).toMatchObject({
    indication: 'TOTAL-PASSED', provenAt: '2026-11-24T09:00:05.000Z',
  })
  expect(await found('b-rsa.pdf', { at })).toMatchObject({ indication: 'INDETERMINATE', reason: 'revocation-old' })
})
