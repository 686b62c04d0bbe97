import type { Content } from 'pdfmake/interfaces'
import type { Block, Span } from './blocks.ts'

/** Turns a letter's blocks into what the page printer lays out. */
export function drawBlocks(blocks: readonly Block[]): Content[] {
  return blocks.map(drawBlock)
}

function drawBlock(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return {
        text: words(block.spans),
        bold: true,
        lineHeight: 1.15,
        ...(block.level === 1
          ? { fontSize: 17, alignment: 'center', margin: [0, 10, 0, 12], headlineLevel: 1 }
          : { fontSize: 12.5, margin: [0, 10, 0, 4], headlineLevel: 2 }),
      }
    case 'paragraph':
      return { text: words(block.spans), margin: [0, 0, 0, 8] }
    case 'list': {
      const items = block.items.map((spans): Content => ({ text: words(spans), margin: [0, 0, 0, 3] }))
      return block.ordered ? { ol: items, margin: [0, 0, 0, 8] } : { ul: items, margin: [0, 0, 0, 8] }
    }
    case 'table':
      return drawTable(block.header, block.rows)
    case 'rule':
      return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 473, y2: 0, lineWidth: 0.5, lineColor: '#999999' }], margin: [0, 6, 0, 10] }
  }
}

function drawTable(header: readonly Span[][], rows: readonly Span[][][]): Content {
  // A table whose head is empty is a list of facts: the first column names them.
  const bare = header.every((cell) => cell.every((span) => span.text.trim() === ''))
  const margin: [number, number, number, number] = [0, 2, 0, 2]
  const cell = (spans: readonly Span[], bold: boolean) => ({ text: words(spans), bold, margin, lineHeight: 1.15 })
  const first = bare ? { color: '#333333' } : {}
  const body = rows.map((row) => row.map((spans, column) => ({ ...cell(spans, false), ...(column === 0 ? first : {}) })))
  return {
    margin: [0, 2, 0, 10],
    table: {
      widths: header.map((_, column) => (bare && column === 0 ? '38%' : '*')),
      headerRows: bare ? 0 : 1,
      dontBreakRows: true,
      body: bare ? body : [header.map((spans) => cell(spans, true)), ...body],
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => '#999999', paddingLeft: () => 0 },
  }
}

function words(spans: readonly Span[]): Content[] {
  return spans.map(({ text, bold }) => (bold ? { text, bold } : { text }))
}
