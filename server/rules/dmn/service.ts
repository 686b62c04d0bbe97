import { FeelFunction } from '../feel/index.ts'
import type { Dialect, FeelContext, FeelValue } from '../feel/index.ts'
import { Evaluation } from './evaluation.ts'
import type { Callable, Decision, Input, Parameter, Site } from './model.ts'
import { argumentsOf } from './parameters.ts'
import { fit } from './types/dataType.ts'
import type { DataType } from './types/dataType.ts'

/** A decision service: decisions that are called together as a function, and made from its arguments alone. */
export class Service implements Callable {
  readonly parameters: readonly Parameter[]

  constructor(
    readonly id: string,
    readonly name: string,
    readonly inputs: readonly (Input | Decision)[],
    readonly outputs: readonly Decision[],
    readonly declaredType: DataType | undefined,
    readonly dialect: Dialect,
  ) {
    this.parameters = inputs.map((each) => ({ name: each.name, type: each.declaredType }))
  }

  function(site: Site): FeelFunction {
    const names = this.parameters.map((each) => each.name)
    return new FeelFunction(names, (values) => {
      const args = argumentsOf(this.parameters, values, this.dialect)
      return args ? this.invoke(args, site) : null
    })
  }

  invoke(given: FeelContext, { scope }: Site): FeelValue {
    const results = new Map(this.inputs.map((each) => [each, fit(given.get(each.name) ?? null, each.declaredType)]))
    const evaluation = new Evaluation(this.dialect, { get: () => undefined, now: scope.now, budget: scope.budget }, results)
    const values = this.outputs.map((each): [string, FeelValue] => [each.resultName, evaluation.resultOf(each)])
    const [only] = values
    return fit(values.length === 1 && only ? only[1] : new Map(values), this.declaredType)
  }
}
