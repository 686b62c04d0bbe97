import { Failure } from '../behaviors/failure.ts'
import type { Flow, InclusiveGateway } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Takes every flow whose condition holds; none, then the default. It does not join. */
export const inclusiveGateway: ElementHandler<InclusiveGateway> = {
  activate(gateway, step) {
    if (gateway.outgoing.length === 0) return step.complete()
    const taken: Flow[] = []
    for (const flow of gateway.conditional) {
      const isTrue = step.isTrue(flow.condition!)
      if (isTrue instanceof Failure) return step.fail('CONDITION_ERROR', isTrue.message)
      if (isTrue) taken.push(flow)
    }
    if (taken.length > 0) return step.complete(taken)
    return gateway.defaultFlow
      ? step.complete([gateway.defaultFlow])
      : step.fail('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow')
  },
}
