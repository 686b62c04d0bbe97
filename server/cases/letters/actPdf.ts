import type { Content } from 'pdfmake/interfaces'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { Block } from './blocks.ts'
import { drawBlocks } from './drawBlocks.ts'
import { longDate } from './letterWords.ts'
import { printOnPaper, stamp } from './page.ts'
import { fillGaps, paperWords } from './paperWords.ts'
import { townWords } from './townWords.ts'

export interface Act {
  tenant: Municipality
  unitId: string
  /** One of the six languages. */
  language: string
  title: string
  number: string
  /** When it is made, in milliseconds since 1970-01-01T00:00Z. */
  madeAtMs: number
  blocks: readonly Block[]
  /** Address of the verification page of this act, printed as QR code and as text. */
  verifyUrl: string
  /** Printed in groups of four. */
  verifyCode: string
}

/** Prints an act: letterhead, stamp with number and date, the letter, and how anyone can check that it is genuine. */
export async function actPdf(act: Act): Promise<Buffer> {
  const { tenant, language } = act
  const words = paperWords(language)
  const town = townWords(tenant, language)
  const date = longDate(new Date(act.madeAtMs).toISOString(), { locale: language, timeZone: tenant.timeZone })
  const content: Content[] = [
    stamp(
      [
        { label: words.number, value: act.number },
        { label: words.date, value: date },
        { label: words.unit, value: town.unitName(act.unitId), wide: true },
      ],
      tenant.color,
    ),
    ...drawBlocks(act.blocks),
    proof(act, words),
  ]
  return printOnPaper(
    {
      tenantId: tenant.id,
      townName: town.name,
      unitName: town.unitName(act.unitId),
      address: town.address,
      contact: tenant.contact.phone,
      color: tenant.color,
      language,
      title: `${act.title}, ${act.number}`,
      number: act.number,
      madeAt: new Date(act.madeAtMs),
      training: tenant.trainingOf !== undefined,
    },
    content,
  )
}

function proof(act: Act, words: ReturnType<typeof paperWords>): Content {
  return {
    unbreakable: true,
    margin: [0, 22, 0, 0],
    columns: [
      // At least 24 mm with its quiet zone, so that a cheap phone reads it from paper.
      { qr: act.verifyUrl, fit: 76, width: 84, eccLevel: 'M' },
      {
        width: '*',
        stack: [
          { text: words.verify.title, bold: true, fontSize: 9.5 },
          { text: fillGaps(words.verify.sentence, { url: act.verifyUrl }), fontSize: 9 },
          { text: fillGaps(words.verify.code, { code: act.verifyCode.replace(/(.{4})(?=.)/g, '$1 ') }), fontSize: 9, bold: true },
          { text: words.copy, fontSize: 9, color: '#333333' },
        ],
      },
    ],
  }
}
