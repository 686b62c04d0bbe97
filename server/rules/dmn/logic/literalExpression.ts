import { textOf } from '../../moddle.ts'
import type { LogicReader } from './index.ts'

/** An expression in FEEL. */
export const readLiteralExpression: LogicReader = (element, around, reading) => reading.expression(element, textOf(element, 'text'), around)
