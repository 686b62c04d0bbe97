import { expect, test } from 'vitest'
import { actPdf } from '../../../server/cases/letters/actPdf.ts'
import { receiptPaper } from '../../../server/cases/letters/receiptPaper.ts'
import { copyOf } from '../../../server/cases/towns/trainingCopy.ts'
import { readMunicipalities, type Municipality } from '../../../server/zeebe/municipality.ts'
import { pdfPages, pdfText } from '../../support/pdfText.ts'

const towns = await readMunicipalities('processes')
const town = (id: string) => towns.find((each) => each.id === id)!

const act = (tenant: string, language: string, text: string) => actOf(town(tenant), language, text)

async function actOf(tenant: Municipality, language: string, text: string): Promise<{ bytes: Buffer; words: string }> {
  const bytes = await actPdf({
    tenant, unitId: tenant.units[0]!.id, language, title: 'Т', number: 'IV-201-7/2026/1', madeAtMs: Date.parse('2026-11-24T10:00:00Z'),
    blocks: [{ kind: 'paragraph', spans: [{ text, bold: false }] }], verifyUrl: 'http://127.0.0.1:8080/sombor/verify/0123456789AB', verifyCode: '0123456789AB',
  })
  return { bytes, words: await pdfText(bytes) }
}

test.each([
  ['sombor', 'sr-Cyrl', 'Њгоље љубав џеп ђак ћирилица'],
  ['sombor', 'sr-Latn', 'Đorđe, Ljubav, Njegoš, šđčćž'],
  ['sombor', 'hu', 'őű ŐŰ Tóth Erzsébet'],
  ['stara-zagora', 'bg', 'Ъгъл, ѝ, щъркел, Юлия'],
  ['caras-severin', 'ro', 'Șerban, țară, Ăâî'],
  ['sombor', 'en', 'A copy of the act'],
])('an act of %s in %s keeps every letter of its language', async (tenant, language, text) => {
  const { words } = await act(tenant, language, text)

  expect(words.normalize('NFC')).toContain(text)
})

test('an act bears its number, its date, its unit and how to check it', async () => {
  const { words } = await act('sombor', 'sr-Cyrl', 'Текст')

  expect(words).toContain('IV-201-7/2026/1')
  expect(words).toContain('24. новембра 2026.')
  expect(words).toContain('http://127.0.0.1:8080/sombor/verify/0123456789AB')
  expect(words).toContain('0123 4567 89AB')
})

test('an act is PDF/A-3b with all fonts inside', async () => {
  const { bytes } = await act('sombor', 'sr-Cyrl', 'Текст')

  const source = bytes.toString('latin1')
  expect(source.startsWith('%PDF-1.7')).toBe(true)
  expect(source).toContain('<pdfaid:part>3</pdfaid:part>')
  expect(source).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
  expect(source.match(/\/FontFile2/g)?.length).toBe(source.match(/\/Type \/FontDescriptor/g)?.length)
})

test.each([
  ['sombor', 'sr-Cyrl', 'ЗА ВЕЖБУ'],
  ['sombor', 'sr-Latn', 'ZA VEŽBU'],
  ['stara-zagora', 'bg', 'ЗА ОБУЧЕНИЕ'],
  ['caras-severin', 'ro', 'PENTRU INSTRUIRE'],
  ['sombor', 'hu', 'GYAKORLÁSHOZ'],
  ['sombor', 'en', 'FOR TRAINING'],
])('every page of a practice act of %s in %s says that it is one, and so does a receipt', async (tenant, language, mark) => {
  const copy = copyOf(town(tenant))

  const { bytes } = await actOf(copy, language, 'Текст, text. '.repeat(900))
  const receipt = await receiptPaper({
    tenant: copy, unitId: copy.units[0]!.id, language, number: 'TEST-1', code: null, title: 'Т', applicant: null, representative: null, channel: 'portal',
    filedAt: '2026-11-24T10:00:00Z', attachments: 0, fee: null, dueOn: null, legalBasis: null, statusUrl: 'http://127.0.0.1:8080/x/status',
  })

  const pages = await pdfPages(bytes)
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) expect(page.normalize('NFC')).toContain(mark)
  expect((await pdfText(receipt)).normalize('NFC')).toContain(mark)
  const source = bytes.toString('latin1')
  expect(source.match(/\/FontFile2/g)?.length).toBe(source.match(/\/Type \/FontDescriptor/g)?.length)
  // What PDF/A-3b would want a blending space for is not there.
  expect(source).not.toMatch(/\/SMask \d|\/ca 0?\.\d|\/CA 0?\.\d/)
})

test('a paper of the town itself bears no such mark', async () => {
  expect((await act('sombor', 'sr-Cyrl', 'Текст')).words).not.toContain('ВЕЖБУ')
})
