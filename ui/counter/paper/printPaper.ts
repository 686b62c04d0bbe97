import { ref, watch } from 'vue'

/** The paper of this counter's printer: a roll of 80 mm, of which 72 are printed on, or A4. Kept in this browser. */
export type PaperSize = 'roll' | 'a4'
const kept = 'salter.counter.paper'
export const paperSize = ref<PaperSize>(localStorage.getItem(kept) === 'a4' ? 'a4' : 'roll')
watch(paperSize, (size) => localStorage.setItem(kept, size))

const page = new CSSStyleSheet()
const pixelsPerMm = 96 / 25.4
const rollMargin = 4

/** Prints what `.printed` holds. A roll has no pages, so the page is made as long as what is drawn on the screen beside it. */
export function printPaper(): void {
  const drawn = document.querySelector<HTMLElement>('.paper')
  const lengthMm = Math.ceil((drawn?.scrollHeight ?? 0) / pixelsPerMm) + 2 * rollMargin
  page.replaceSync(paperSize.value === 'roll'
    ? `@page { size: 80mm ${lengthMm}mm; margin: ${rollMargin}mm }`
    : '@page { size: A4; margin: 20mm 20mm 18mm 25mm }')
  if (!document.adoptedStyleSheets.includes(page)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page]
  window.print()
}
