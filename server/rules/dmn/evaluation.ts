import type { Dialect, FeelContext, FeelScope, FeelValue } from '../feel/index.ts'
import { DecisionFault, onlyValues, withValues } from './model.ts'
import type { Decision, Input, Requirements, Site, TableOutcome } from './model.ts'
import { checked, fit } from './types/dataType.ts'
import type { DataType } from './types/dataType.ts'

/** A decision that was made. */
export interface EvaluatedDecision extends TableOutcome {
  readonly decision: Decision
  readonly output: FeelValue
}

/** A decision, or one it requires, cannot be made with these values. */
export class DecisionFailure extends Error {
  override readonly name = 'DecisionFailure'

  constructor(
    readonly decision: Decision,
    message: string,
  ) {
    super(message)
  }
}

/** One evaluation of decisions that require each other. Each is made once, those that it requires before it. */
export class Evaluation {
  /** All that were made, in this order; one that failed is the last, with null for its output. */
  readonly evaluated: EvaluatedDecision[] = []
  readonly #results = new Map<Decision | Input, FeelValue>()

  constructor(
    readonly dialect: Dialect,
    /** The variables that come from outside. */
    readonly variables: FeelScope,
    /** Results that are given instead of made. */
    given: ReadonlyMap<Decision | Input, FeelValue> = new Map(),
  ) {
    for (const [decision, value] of given) this.#results.set(decision, value)
  }

  /** The result of a decision. Throws DecisionFailure. */
  resultOf(decision: Decision): FeelValue {
    const known = this.#results.get(decision)
    if (known !== undefined) return known
    const site = this.#siteOf(decision.requires)
    let outcome: TableOutcome = { evaluatedInputs: [], matchedRules: [] }
    let output: FeelValue = null
    try {
      output = checked(decision.logic({ ...site, heard: (heard) => (outcome = heard) }), decision.declaredType, this.dialect)
    } catch (error) {
      throw error instanceof DecisionFault ? new DecisionFailure(decision, error.message) : error
    } finally {
      this.evaluated.push({ decision, output, ...outcome })
    }
    this.#results.set(decision, output)
    return output
  }

  #siteOf(requires: Requirements): Site {
    const values: FeelContext = new Map()
    const outside = { scope: this.variables }
    const site = this.dialect.requiredVisible ? onlyValues(outside, values) : withValues(outside, values)
    this.#add(values, requires, site)
    return site
  }

  #add(values: FeelContext, { decisions, inputs, functions, imported }: Requirements, site: Site): void {
    for (const each of decisions) values.set(each.resultName, this.#given(each) ?? this.resultOf(each))
    if (this.dialect.inputsConverted) for (const each of inputs) values.set(each.name, this.#valueOf(each))
    for (const each of functions) values.set(each.name, each.function(site))
    for (const [name, requires] of imported) {
      const inside: FeelContext = new Map()
      this.#add(inside, requires, site)
      values.set(name, inside)
    }
  }

  // Who asks by the standard may give the result of what is required: "what if it were".
  #given(decision: Decision): FeelValue | undefined {
    const value = this.dialect.requiredVisible && !this.#results.has(decision) ? this.variables.get(decision.resultName) : undefined
    if (value !== undefined) this.#results.set(decision, this.#converted(value, decision.declaredType))
    return value === undefined ? undefined : this.#results.get(decision)
  }

  #valueOf(input: Input): FeelValue {
    const known = this.#results.get(input)
    if (known !== undefined) return known
    const converted = this.#converted(this.variables.get(input.name) ?? null, input.declaredType)
    this.#results.set(input, converted)
    return converted
  }

  #converted(value: FeelValue, type: DataType | undefined): FeelValue {
    return fit(type ? type.read(value, this.variables.now?.() ?? Date.now()) : value, type)
  }
}
