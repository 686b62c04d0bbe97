export { latinTexts } from './latinTexts.ts'
export type { Texts } from './latinTexts.ts'
export { toCyrillic } from './toCyrillic.ts'
export { toLatin } from './toLatin.ts'
