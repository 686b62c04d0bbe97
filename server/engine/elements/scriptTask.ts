import { toJson } from '../../rules/feel/index.ts'
import { evaluate } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { bringResult } from '../behaviors/variables.ts'
import type { ScriptTask } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** A FEEL expression whose value becomes a variable. */
export const scriptTask: ElementHandler<ScriptTask> = {
  activate({ expression, resultVariable }, step) {
    const value = evaluate(expression, step.scope)
    if (value instanceof Failure) return value
    bringResult(step.decision, step.instance, step.element, new Map([[resultVariable, toJson(value)]]))
    return step.complete()
  },
}
