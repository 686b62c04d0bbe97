import type { CompiledUnaryTests, Dialect, FeelScope, FeelValue } from '../../feel/index.ts'
import { answered } from '../reading.ts'
import { plainOf, plainTest } from './plainTests.ts'
import type { PlainTest } from './plainTests.ts'

interface Cell {
  readonly tests: CompiledUnaryTests | undefined
  readonly plain: PlainTest | undefined
}

/** The tests that stand in one column of a table, each once however many rules have it. */
export class Column {
  readonly #cells: Cell[] = []
  readonly #byText = new Map<string, number>()

  constructor(readonly dialect: Dialect) {}

  /** The place of a cell among the column's different ones; undefined for one that takes any value. */
  add(text: string | undefined, compile: (text: string) => CompiledUnaryTests | undefined): number | undefined {
    const source = text?.trim() ?? ''
    if (source === '' || source === '-') return undefined
    const known = this.#byText.get(source)
    if (known !== undefined) return known
    this.#byText.set(source, this.#cells.length)
    return this.#cells.push({ tests: compile(source), plain: plainTest(source) }) - 1
  }

  /** Whether one value passes a cell. Each cell is asked at most once. */
  tester(input: FeelValue, scope: FeelScope): (cell: number) => boolean {
    const answers: (boolean | undefined)[] = []
    const plainInput = plainOf(input)
    return (place) => {
      const before = answers[place]
      if (before !== undefined) return before
      const { tests, plain } = this.#cells[place] ?? {}
      const isPlain = plain !== undefined && plainInput !== undefined
      const answer = isPlain ? plain(plainInput) : answered(this.dialect, () => tests?.evaluate(input, scope), tests?.source) === true
      answers[place] = answer
      return answer
    }
  }
}
