import { expect, test } from 'vitest'
import { actPdf } from '../../../server/cases/letters/actPdf.ts'
import { readMunicipalities } from '../../../server/zeebe/municipality.ts'
import { pdfText } from '../../support/pdfText.ts'

const towns = await readMunicipalities('processes')
const town = (id: string) => towns.find((each) => each.id === id)!

async function act(tenant: string, language: string, text: string): Promise<{ bytes: Buffer; words: string }> {
  const bytes = await actPdf({
    tenant: town(tenant), unitId: town(tenant).units[0]!.id, language, title: 'Т', number: 'IV-201-7/2026/1', madeAtMs: Date.parse('2026-11-24T10:00:00Z'),
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
