import { FeelFunction } from '../feel/index.ts'
import type { Dialect, FeelContext, FeelValue } from '../feel/index.ts'
import { DecisionFault, onlyValues, withValues } from './model.ts'
import type { Callable, Logic, Parameter, Requirements, Site } from './model.ts'
import { argumentsOf } from './parameters.ts'
import { answered } from './reading.ts'
import { checked } from './types/dataType.ts'
import type { DataType } from './types/dataType.ts'

/** A business knowledge model. It is known before its logic is, for it may require itself. */
export class Knowledge implements Callable {
  requires: Requirements = { decisions: [], inputs: [], functions: [], imported: new Map() }
  logic: Logic = () => null

  constructor(
    readonly id: string,
    readonly name: string,
    readonly parameters: readonly Parameter[],
    readonly declaredType: DataType | undefined,
    readonly dialect: Dialect,
  ) {}

  function(site: Site): FeelFunction {
    const names = this.parameters.map((each) => each.name)
    // What fails in a function is null where it was called, and the expression there goes on.
    const lenient = { ...this.dialect, failuresAreNull: true }
    return new FeelFunction(names, (values) => {
      const args = argumentsOf(this.parameters, values, this.dialect)
      return args ? answered(lenient, () => this.#evaluate(args, site)) : null
    })
  }

  invoke(given: FeelContext, site: Site): FeelValue {
    const args: FeelContext = new Map()
    for (const { name, type } of this.parameters) {
      const value = given.has(name) ? given.get(name) : site.scope.get(name)
      if (value === undefined && !this.dialect.failuresAreNull) throw new DecisionFault(`no parameter found with name '${name}'`)
      args.set(name, checked(value ?? null, type, this.dialect))
    }
    return this.#evaluate(args, site)
  }

  #evaluate(args: FeelContext, site: Site): FeelValue {
    const values: FeelContext = new Map()
    const around = this.dialect.requiredVisible ? onlyValues(site, values) : withValues(site, values)
    values.set(this.name, this.function(around))
    addFunctions(values, this.requires, around)
    for (const [name, value] of args) values.set(name, value)
    return checked(this.logic(around), this.declaredType, this.dialect)
  }
}

// Knowledge may require nothing but functions.
function addFunctions(values: FeelContext, { functions, imported }: Requirements, site: Site): void {
  for (const each of functions) values.set(each.name, each.function(site))
  for (const [name, requires] of imported) {
    const inside: FeelContext = new Map()
    addFunctions(inside, requires, site)
    values.set(name, inside)
  }
}
