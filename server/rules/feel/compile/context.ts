import { dialects } from '../dialects.ts'
import type { Dialect, DialectName } from '../dialects.ts'
import { FeelSyntaxError } from '../errors.ts'
import { builtIns } from '../functions/index.ts'
import { spelled } from './names.ts'
import type { Part } from './tree.ts'
import { nameOf } from './tree.ts'
import type { FeelType } from '../types.ts'

/** What the writer of an expression may use beside the language. */
export interface CompileOptions {
  /** How it is answered; as Zeebe does when left out. */
  readonly dialect?: DialectName
  /** Names of functions that the scope will hand in. */
  readonly functions?: Iterable<string>
  /** Variables, and keys of contexts, that have signs or keywords in their names; only dialect `dmn` reads them without back-ticks. */
  readonly names?: Iterable<string>
  /** What a type beside those of the language holds; undefined where there is no such type. */
  readonly type?: (name: string) => FeelType | undefined
}

const SINGLE_WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** What is known while an expression is compiled: the names bound around the part in hand, and those it takes from outside. */
export class Compilation {
  readonly #bound = new Map<string, number>()
  readonly #timesRead = new Map<string, number>()

  readonly free = new Set<string>()
  readonly dialect: Dialect
  /** Functions that the scope will hand in. */
  readonly functions: ReadonlySet<string>
  readonly typeNamed: (name: string) => FeelType | undefined
  readonly #spellings: ReadonlyMap<string, string>

  constructor(
    readonly source: string,
    { dialect = 'camunda', functions = [], names = [], type = () => undefined }: CompileOptions = {},
  ) {
    this.dialect = dialects[dialect]
    this.functions = new Set(functions)
    this.typeNamed = type
    // The grammar reads a single word as a name by itself; told of one, it would find it inside the names of functions, too.
    const told = this.dialect.plainNames ? [...names].filter((name) => !SINGLE_WORD.test(name)) : []
    this.#spellings = new Map(told.map((name) => [spelled(name), name]))
  }

  /** Runs `work` while `names` are bound. */
  binding<T>(names: readonly string[], work: () => T): T {
    for (const name of names) this.#bind(name, 1)
    try {
      return work()
    } finally {
      for (const name of names) this.#bind(name, -1)
    }
  }

  /** Makes a named thing of each part, its name bound while the later ones are made. */
  bindingEach<T extends { readonly name: string }>(parts: readonly Part[], make: (part: Part) => T): T[] {
    const made: T[] = []
    try {
      for (const part of parts) {
        const one = make(part)
        this.#bind(one.name, 1)
        made.push(one)
      }
      return made
    } finally {
      for (const { name } of made) this.#bind(name, -1)
    }
  }

  #bind(name: string, times: 1 | -1): void {
    this.#bound.set(name, (this.#bound.get(name) ?? 0) + times)
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

  /** The names to be told to the grammar. */
  get names(): Iterable<string> {
    return this.#spellings.keys()
  }

  isBound(name: string): boolean {
    return (this.#bound.get(name) ?? 0) > 0
  }

  /** Whether a name can be called. */
  isFunction(name: string): boolean {
    return this.isBound(name) || this.functions.has(name) || builtIns.has(name)
  }

  /** The name in a part, as it was announced or else as it is written. Dialect camunda refuses one that has blanks outside back-ticks. */
  plainName(part: Part): string {
    if (this.dialect.plainNames) return this.#spellings.get(nameOf(part)) ?? part.text.replace(/\s+/g, ' ')
    const identifiers = part.kind === 'Key' || part.kind === 'ParameterName' ? (part.children[0]?.children ?? []) : part.children
    if (identifiers.length > 1) {
      this.fail(part, `A name with blanks needs back-ticks: write \`${nameOf(part)}\``)
    }
    return nameOf(part)
  }

  /** The name of a function or a parameter, as it was announced or else as it is written, in either dialect also with blanks. */
  calledName(part: Part): string {
    return this.#spellings.get(nameOf(part)) ?? nameOf(part)
  }

  /** The name of a parameter, which dialect camunda also takes with blanks. */
  parameterName(part: Part): string {
    return this.dialect.plainNames ? this.plainName(part) : nameOf(part)
  }

  fail(part: Part, message: string): never {
    throw new FeelSyntaxError(message, part.from, this.source)
  }
}

/** The child at a place, which the grammar promises. */
export function child(compilation: Compilation, part: Part, index: number): Part {
  return part.children[index] ?? compilation.fail(part, `Something is missing after ${JSON.stringify(part.text.slice(0, 40))}`)
}
