import { FeelSyntaxError } from '../errors.ts'
import { builtIns } from '../functions/index.ts'
import type { Part } from './tree.ts'
import { nameOf } from './tree.ts'

/** What is known while an expression is compiled: the names bound around the part in hand, and those it takes from outside. */
export class Compilation {
  readonly #bound = new Map<string, number>()
  readonly #timesRead = new Map<string, number>()

  constructor(
    readonly source: string,
    /** Functions that the scope will hand in. */
    readonly functions: ReadonlySet<string>,
    readonly free: Set<string> = new Set(),
  ) {}

  /** Runs `work` while `names` are bound. */
  binding<T>(names: readonly string[], work: () => T): T {
    for (const name of names) this.#bound.set(name, (this.#bound.get(name) ?? 0) + 1)
    try {
      return work()
    } finally {
      for (const name of names) this.#bound.set(name, (this.#bound.get(name) ?? 1) - 1)
    }
  }

  /** Whether `work` reads a name, as far as it is bound around it. */
  reads(name: string, work: () => void): boolean {
    const before = this.#timesRead.get(name) ?? 0
    work()
    return (this.#timesRead.get(name) ?? 0) > before
  }

  /** Notes that a name is read. */
  read(name: string): void {
    this.#timesRead.set(name, (this.#timesRead.get(name) ?? 0) + 1)
    if (!this.isBound(name)) this.free.add(name)
  }

  isBound(name: string): boolean {
    return (this.#bound.get(name) ?? 0) > 0
  }

  /** Whether a name can be called. */
  isFunction(name: string): boolean {
    return this.isBound(name) || this.functions.has(name) || builtIns.has(name)
  }

  /** The name in a part, refused when it has blanks outside back-ticks. */
  plainName(part: Part): string {
    const identifiers = part.kind === 'Key' || part.kind === 'ParameterName' ? (part.children[0]?.children ?? []) : part.children
    if (identifiers.length > 1) {
      this.fail(part, `A name with blanks needs back-ticks: write \`${nameOf(part)}\``)
    }
    return nameOf(part)
  }

  fail(part: Part, message: string): never {
    throw new FeelSyntaxError(message, part.from, this.source)
  }
}

/** The child at a place, which the grammar promises. */
export function child(compilation: Compilation, part: Part, index: number): Part {
  return part.children[index] ?? compilation.fail(part, `Something is missing after ${JSON.stringify(part.text.slice(0, 40))}`)
}
