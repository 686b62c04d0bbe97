import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DerFault, guardDer } from '../../../server/outside/signatures/cms/guardDer.ts'
import { keptWorld } from './world.ts'

const world = await keptWorld()
const validator = world.validator()
const signed = await world.bytesOf('b-ecdsa-384.pdf')
const detached = await world.bytesOf('detached-t.p7s')
const request = await world.bytesOf('request.pdf')

const passes = async (bytes: Uint8Array): Promise<boolean> =>
  (await validator.validate({ kind: 'pdf', bytes })).signatures.some(({ indication }) => indication === 'TOTAL-PASSED')

test('whichever signed byte of a PDF is changed, it does not pass', async () => {
  // Within the brackets lies what signs, not what is signed: CMS leaves its own wrapping (version, further certificates, padding) unsigned.
  const from = signed.lastIndexOf('<', signed.indexOf('0'.repeat(200)))
  const to = signed.indexOf('>', from)
  expect(await passes(signed)).toBe(true)
  expect(to - from).toBeGreaterThan(10_000)

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: signed.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      fc.pre(at < from || at > to)
      const changed = Buffer.from(signed)
      changed[at] = changed[at]! ^ change
      expect(await passes(changed)).toBe(false)
    }),
    { numRuns: 80 },
  )
})

test('whichever byte of a detached signature or of its file is changed, it does not pass as another', async () => {
  const verdict = async (bytes: Uint8Array, beside: Uint8Array) =>
    (await validator.validate({ kind: 'cms', bytes, beside })).signatures[0]?.indication

  expect(await verdict(detached, request)).toBe('TOTAL-PASSED')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: request.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(request)
      changed[at] = changed[at]! ^ change
      expect(await verdict(detached, changed)).toBe('TOTAL-FAILED')
    }),
    { numRuns: 100 },
  )
})

test('however the signature itself is changed, it signs nothing else', async () => {
  const other = Buffer.from(signed)
  const at = other.indexOf('births')
  other[at] = 'B'.charCodeAt(0)
  const from = signed.lastIndexOf('<', signed.indexOf('0'.repeat(200)))

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6000 }), fc.constantFrom(...'0123456789abcdef'), async (place, digit) => {
      const changed = Buffer.from(other)
      changed[from + place] = digit.charCodeAt(0)
      expect(await passes(changed)).toBe(false)
    }),
    { numRuns: 80 },
  )
})

test('however a file is cut, doubled or mixed with noise, there is a report and no crash', async () => {
  const names = ['b-packed.pdf', 'lta-rsa.pdf', 'two-signers.pdf', 'detached-lt.p7s', 'filled-after.pdf']
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await world.bytesOf(name) })))

  const place = fc.double({ min: 0, max: 1, noNaN: true })

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), place, place, fc.uint8Array({ maxLength: 60 }), async ({ name, bytes }, a, b, noise) => {
      const [from, to] = [Math.floor(a * bytes.length), Math.floor(b * bytes.length)]
      const mixed = Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(to)])
      const { kind } = await validator.validate({ kind: name.endsWith('.p7s') ? 'cms' : 'pdf', bytes: mixed, beside: request })
      expect(['signed', 'none', 'unreadable']).toContain(kind)
    }),
    { numRuns: 80 },
  )
})

test('values that lie too deep in each other are refused before they are read', async () => {
  const deep = Buffer.concat([...Array.from({ length: 5000 }, () => Buffer.from([0x30, 0x80])), Buffer.alloc(10_000)])
  const many = Buffer.concat([Buffer.from([0x30, 0x83, 0x0f, 0x42, 0x40]), Buffer.from('0500'.repeat(500_000), 'hex')])

  expect(() => guardDer(deep)).toThrow(DerFault)
  expect(() => guardDer(many)).toThrow(DerFault)
  expect(await validator.validate({ kind: 'cms', bytes: deep })).toMatchObject({ kind: 'unreadable' })
  const brackets = Buffer.from(`%PDF-1.7\n1 0 obj\n${'['.repeat(100_000)}\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF`)
  expect(await validator.validate({ kind: 'pdf', bytes: brackets })).toMatchObject({ kind: 'unreadable' })
})

test('a table of objects that unfolds to more than is read is refused', async () => {
  const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024))
  const about = `<</Type/XRef/W[1 4 2]/Size 9000000/Root 2 0 R/Filter/FlateDecode/Length ${bomb.length}>>`
  const head = Buffer.from(`%PDF-1.7\n1 0 obj\n${about}\nstream\n`)
  const file = Buffer.concat([head, bomb, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF')])

  const before = performance.now()
  expect((await validator.validate({ kind: 'pdf', bytes: file })).kind).toBe('unreadable')
  expect(performance.now() - before).toBeLessThan(20_000)
})

test('tables and fields that lead round in a circle come to an end', async () => {
  const circle = '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>\nendobj\n' +
    '2 0 obj\n<</Kids[2 0 R]>>\nendobj\n' +
    '3 0 obj\n<</FT/Sig/T(a)/Kids[3 0 R]/V 4 0 R>>\nendobj\n4 0 obj\n4 0 R\nendobj\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF'

  expect((await validator.validate({ kind: 'pdf', bytes: Buffer.from(circle) })).kind).toBe('unreadable')
})

test('the largest file that may be uploaded is validated in seconds', async () => {
  const filler = Buffer.concat([Buffer.from('\n'), Buffer.alloc(10 * 1024 * 1024 - signed.length - 10, '%')])
  const large = Buffer.concat([signed, filler])

  const before = performance.now()
  const report = await validator.validate({ kind: 'pdf', bytes: large })
  expect(performance.now() - before).toBeLessThan(20_000)
  expect(['signed', 'unreadable', 'none']).toContain(report.kind)
})
