import { isNumber, isString } from '../../feel/index.ts'
import type { CompiledUnaryTests, FeelScope, FeelValue } from '../../feel/index.ts'
import type { DecisionDialect } from '../dialects.ts'
import { answered } from '../reading.ts'

/** The tests that stand in one column of a table, each once however many rules have it. */
export class Column {
  readonly #cells: Cell[] = []
  readonly #byText = new Map<string, number>()

  constructor(readonly dialect: DecisionDialect) {}

  /** The place of a cell among the column's different ones; undefined for one that takes any value. */
  add(text: string | undefined, compile: (text: string) => CompiledUnaryTests | undefined): number | undefined {
    const source = text?.trim() ?? ''
    if (source === '' || source === '-') return undefined
    const known = this.#byText.get(source)
    if (known !== undefined) return known
    const tests = compile(source)
    this.#byText.set(source, this.#cells.length)
    return this.#cells.push({ tests, literals: literalsIn(source) }) - 1
  }

  /** Whether one value passes a cell. Each cell is asked at most once. */
  tester(input: FeelValue, scope: FeelScope): (cell: number) => boolean {
    const answers: (boolean | undefined)[] = []
    const key = keyOf(input)
    return (place) => {
      const before = answers[place]
      if (before !== undefined) return before
      const { tests, literals } = this.#cells[place] ?? {}
      const answer = literals && key !== undefined ? literals.has(key) : answered(this.dialect, () => tests?.evaluate(input, scope), tests?.source) === true
      answers[place] = answer
      return answer
    }
  }
}

interface Cell {
  readonly tests: CompiledUnaryTests | undefined
  /** What the cell names, when it names only texts and whole numbers: then no expression has to be evaluated. */
  readonly literals: ReadonlySet<string> | undefined
}

const LITERAL = /"[^"\\]*"|-?[1-9]\d*|0/
const LITERALS = new RegExp(`^(?:${LITERAL.source})(?:\\s*,\\s*(?:${LITERAL.source}))*$`)

function literalsIn(source: string): ReadonlySet<string> | undefined {
  if (!LITERALS.test(source)) return undefined
  return new Set(source.match(new RegExp(LITERAL, 'g')))
}

// A text is its own literal, a whole number its digits. Anything else is left to the expression.
function keyOf(input: FeelValue): string | undefined {
  if (isString(input)) return `"${input}"`
  return isNumber(input) && input.isInteger() && input.abs().lt(1e15) ? input.toFixed(0) : undefined
}
