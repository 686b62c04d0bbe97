import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { rosette } from '../../rules/rosette.ts'
import { paperWords } from './paperWords.ts'

/** What stands on every paper of a town besides its own text. */
export interface Paper {
  tenantId: string
  /** As it stands in the letterhead. */
  townName: string
  unitName: string
  address: string
  contact: string
  /** The town's color, `#rrggbb`: lines only, never text. */
  color: string
  /** BCP 47, for the reader's software. */
  language: string
  title: string
  /** In the footer of each page beside "2/3". */
  number: string
  /** A moment as PDF wants it: the same paper made twice is the same bytes. */
  madeAt: Date
  /** Of a copy for practice: marked across each page, and said in words at the top of the first. */
  training: boolean
}

const font = createRequire(import.meta.url)
const face = (name: string): string => font.resolve(`@expo-google-fonts/source-sans-3/${name}`)

// Source Sans 3 has both scripts and ș ț ő ű, with forms of its own for Serbian and Bulgarian.
const fonts = {
  'Source Sans 3': {
    normal: face('400Regular/SourceSans3_400Regular.ttf'),
    bold: face('600SemiBold/SourceSans3_600SemiBold.ttf'),
    italics: face('400Regular_Italic/SourceSans3_400Regular_Italic.ttf'),
    bolditalics: face('600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf'),
  },
}

const millimeters = (mm: number): number => (mm * 72) / 25.4

/** Width of the text between the margins, in points. */
export const textWidth = millimeters(210 - 25 - 18)

/** Lays content on A4 paper with the town's head, and answers the PDF (PDF/A-3b: fonts inside, nothing from outside). */
export async function printOnPaper(paper: Paper, content: Content[]): Promise<Buffer> {
  pdfmake.setFonts(fonts)
  // Letters carry no address and no file of their own: whatever asks for one is refused.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => Object.values(fonts['Source Sans 3']).includes(path))
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    // Left for the binder.
    pageMargins: [millimeters(25), millimeters(20), millimeters(18), millimeters(22)],
    version: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    displayTitle: true,
    language: paper.language,
    info: {
      title: paper.title, author: paper.townName, creator: 'Šalter', producer: 'Šalter', creationDate: paper.madeAt, modDate: paper.madeAt,
    },
    defaultStyle: { font: 'Source Sans 3', fontSize: 11, lineHeight: 1.28, color: '#000000' },
    ...(paper.training && { background: () => watermark(paperWords(paper.language).training.mark) }),
    content: [letterhead(paper), ...(paper.training ? [practiceNotice(paper)] : []), ...content],
    footer: (page, pages) => ({
      margin: [millimeters(25), millimeters(6), millimeters(18), 0],
      columns: [
        { text: paper.number, fontSize: 9, color: '#333333', width: '*' },
        { text: `${page}/${pages}`, fontSize: 9, color: '#333333', alignment: 'right', width: 'auto' },
      ],
    }),
  }
  return pdfmake.createPdf(definition).getBuffer()
}

// Of A4, in points.
const [pageWidth, pageHeight] = [595.28, 841.89]

/** Large letters from corner to corner beneath the text. Pale, not transparent: what is laid over paper would need a color space of its own. */
function watermark(mark: string): Content {
  // A capital is about 0.62 of its size wide, and 820 points fit between the corners.
  const size = Math.min(112, Math.floor(820 / (mark.length * 0.62)))
  const [x, y] = [pageWidth / 2, pageHeight / 2]
  const letters = `<text x="${x}" y="${y + size / 3}" transform="rotate(-54 ${x} ${y})" text-anchor="middle" `
    + `font-family="Source Sans 3" font-weight="bold" font-size="${size}" fill="#dcdcdc">${mark}</text>`
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${pageWidth} ${pageHeight}">${letters}</svg>`, width: pageWidth }
}

/** For whoever does not see the letters across the page: a reader's software, a poor copy. */
function practiceNotice({ language }: Paper): Content {
  const { mark, long } = paperWords(language).training
  return { text: [{ text: `${mark}. `, bold: true }, long], fontSize: 10, margin: [0, 0, 0, 14] }
}

function letterhead({ tenantId, townName, unitName, address, contact, color }: Paper): Content {
  return {
    margin: [0, 0, 0, 18],
    stack: [
      {
        columns: [
          { svg: rosette(tenantId, { size: 100, stroke: color }), width: 46 },
          {
            width: '*',
            margin: [12, 2, 0, 0],
            stack: [
              { text: townName, fontSize: 15, bold: true, lineHeight: 1.1 },
              { text: unitName, fontSize: 10.5, lineHeight: 1.15 },
              { text: [address, contact].filter(Boolean).join(' · '), fontSize: 9, color: '#333333' },
            ],
          },
        ],
      },
      { canvas: [{ type: 'line', x1: 0, y1: 8, x2: textWidth, y2: 8, lineWidth: 1.5, lineColor: color }] },
    ],
  }
}

/** The stamp of the register: a double frame, in it each cell's small heading over its value. */
export function stamp(cells: readonly { label: string; value: string; wide?: boolean }[], color: string): Content {
  const inner: Content = {
    table: {
      widths: cells.map((cell) => (cell.wide ? '*' : 'auto')),
      body: [cells.map((cell): Content => ({
        margin: [3, 1, 8, 1],
        stack: [
          { text: cell.label, fontSize: 8.5, color: '#333333' },
          { text: cell.value, fontSize: 12, bold: true, lineHeight: 1.1 },
        ],
      }))],
    },
    layout: {
      hLineWidth: () => 1.4,
      vLineWidth: (index, node) => (index === 0 || index === node.table.widths!.length ? 1.4 : 0.5),
      hLineColor: () => color,
      vLineColor: () => color,
    },
  }
  return {
    margin: [0, 0, 0, 16],
    unbreakable: true,
    table: { widths: ['*'], body: [[inner]] },
    layout: {
      hLineWidth: () => 0.6,
      vLineWidth: () => 0.6,
      hLineColor: () => color,
      vLineColor: () => color,
      paddingLeft: () => 2.5,
      paddingRight: () => 2.5,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  }
}
