import type { Content } from 'pdfmake/interfaces'
import { formatMoney, type Money } from '../../rules/money.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { MandateKind } from '../mandates/mandate.ts'
import { longDate } from './letterWords.ts'
import { printOnPaper, stamp } from './page.ts'
import { fillGaps, paperWords } from './paperWords.ts'
import { townWords } from './townWords.ts'

export interface ReceiptFacts {
  tenant: Municipality
  unitId: string
  language: string
  number: string
  /** In groups of five, as it is read out. Given only to the person who filed. */
  code: string | null
  title: string
  applicant: string | null
  /** Who filed for them, and by which right; null: they filed themselves. */
  representative: { name: string; kind: MandateKind } | null
  channel: string
  filedAt: string
  attachments: number
  /** Null: none is charged. Undefined: not known yet. */
  fee: Money | null | undefined
  dueOn: string | null
  legalBasis: string | null
  statusUrl: string
}

/** Prints the acknowledgement of receipt: the stamp, by when the answer comes, and how to follow the case. */
export async function receiptPaper(facts: ReceiptFacts): Promise<Buffer> {
  const { tenant, language } = facts
  const words = paperWords(language)
  const town = townWords(tenant, language)
  const inWords = (iso: string): string => longDate(iso, { locale: language, timeZone: tenant.timeZone })
  const fee = facts.fee && facts.fee.minor > 0 ? formatMoney(facts.fee, language) : words.receipt.noFee
  const rows: [string, string][] = [
    [words.receipt.procedure, facts.title],
    [words.receipt.applicant, facts.applicant ?? words.receipt.anonymous],
    ...(facts.representative
      ? [[words.kinds[facts.representative.kind], facts.representative.name] satisfies [string, string]]
      : []),
    [words.receipt.channel, words.receipt.channels[facts.channel as keyof typeof words.receipt.channels]],
    ...(facts.fee === undefined ? [] : [[words.receipt.fee, fee] satisfies [string, string]]),
    ...(facts.dueOn ? [[words.receipt.due, inWords(facts.dueOn)] satisfies [string, string]] : []),
    ...(facts.legalBasis ? [[words.receipt.basis, facts.legalBasis] satisfies [string, string]] : []),
  ]
  const content: Content[] = [
    { text: words.receipt.title, fontSize: 18, bold: true, margin: [0, 0, 0, 4] },
    { text: words.receipt.lead, margin: [0, 0, 0, facts.channel === 'counter' ? 4 : 14] },
    ...(facts.channel === 'counter' ? [{ text: words.receipt.byClerk, margin: [0, 0, 0, 14] } satisfies Content] : []),
    stamp(
      [
        { label: words.receipt.number, value: facts.number },
        { label: words.receipt.received, value: inWords(facts.filedAt) },
        { label: words.receipt.enclosures, value: String(facts.attachments) },
        { label: words.receipt.unit, value: town.unitName(facts.unitId), wide: true },
      ],
      tenant.color,
    ),
    {
      margin: [0, 0, 0, 16],
      table: {
        widths: ['34%', '*'],
        body: rows.map(([label, value]) => [
          { text: label, color: '#333333', margin: [0, 2, 0, 2] },
          { text: value, margin: [0, 2, 0, 2] },
        ]),
      },
      layout: { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => '#999999', paddingLeft: () => 0 },
    },
    { text: words.receipt.follow, fontSize: 12.5, bold: true, margin: [0, 4, 0, 4] },
    { text: fillGaps(words.receipt.followSentence, { url: facts.statusUrl }) },
    ...(facts.code ? [{
      text: [`${words.receipt.code}: `, { text: facts.code, bold: true, fontSize: 15, characterSpacing: 1 }],
      margin: [0, 8, 0, 0],
    } satisfies Content] : []),
  ]
  return printOnPaper(
    {
      tenantId: tenant.id,
      townName: town.name,
      unitName: town.unitName(facts.unitId),
      address: town.address,
      contact: tenant.contact.phone,
      color: tenant.color,
      language,
      title: `${words.receipt.title}, ${facts.number}`,
      number: facts.number,
      madeAt: new Date(facts.filedAt),
      training: tenant.trainingOf !== undefined,
    },
    content,
  )
}
