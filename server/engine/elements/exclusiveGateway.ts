import { Failure } from '../behaviors/failure.ts'
import type { ExclusiveGateway } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Takes the first flow whose condition holds, else the default. Neither is an incident a person can mend. */
export const exclusiveGateway: ElementHandler<ExclusiveGateway> = {
  activate(gateway, step) {
    if (gateway.outgoing.length === 0) return step.complete() // an implicit end
    for (const flow of gateway.conditional) {
      const isTrue = step.isTrue(flow.condition!)
      if (isTrue instanceof Failure) return step.fail('CONDITION_ERROR', isTrue.message)
      if (isTrue) return step.complete([flow])
    }
    // The reader has already made a lone flow without a condition the default
    return gateway.defaultFlow
      ? step.complete([gateway.defaultFlow])
      : step.fail('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow')
  },
}
