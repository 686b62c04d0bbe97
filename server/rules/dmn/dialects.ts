import { dialects } from '../feel/index.ts'
import type { Dialect, DialectName } from '../feel/index.ts'

/** How decisions are answered, beside how their expressions are. */
export interface DecisionDialect {
  readonly name: DialectName
  readonly feel: Dialect
  /** All variables are visible everywhere; else only what the diagram says is required. */
  readonly everythingVisible: boolean
  /** What fails is null and the rest goes on; else the whole evaluation fails. */
  readonly failureIsNull: boolean
  /** The values of inputs are converted by their declared type: a text becomes a date. */
  readonly inputsConverted: boolean
  /**
   * Every declared type is asked for, with the standard's conversions and allowed values; else only results and arguments of simple
   * types.
   */
  readonly typesAsked: boolean
  /** Columns without a default are null when no rule matches; else they are left out. */
  readonly defaultsFilled: boolean
  /** Nothing collected is an empty list, and its count 0; else null. */
  readonly emptyCollected: boolean
  /** Sums and counts are of numbers alone; else minimum and maximum are of whatever has an order. */
  readonly onlyNumbersAggregated: boolean
  /** A result without a variable of its own is called by the decision's id; else by its name. */
  readonly resultNamedById: boolean
}

/** `camunda`: as DMN-Scala 1.9 answers, which Zeebe 8.5 embeds. `dmn`: as the standard says. */
export const decisionDialects: Readonly<Record<DialectName, DecisionDialect>> = {
  camunda: {
    name: 'camunda',
    feel: dialects.camunda,
    everythingVisible: true,
    failureIsNull: false,
    inputsConverted: false,
    typesAsked: false,
    defaultsFilled: false,
    emptyCollected: false,
    onlyNumbersAggregated: true,
    resultNamedById: true,
  },
  dmn: {
    name: 'dmn',
    feel: dialects.dmn,
    everythingVisible: false,
    failureIsNull: true,
    inputsConverted: true,
    typesAsked: true,
    defaultsFilled: true,
    emptyCollected: true,
    onlyNumbersAggregated: false,
    resultNamedById: false,
  },
}
