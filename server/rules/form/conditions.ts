import { compileExpression, scopeOf, toPlain } from '../feel/index.ts'
import type { CompiledExpression } from '../feel/index.ts'

const MOST_KNOWN = 2000
const known = new Map<string, CompiledExpression>()

/** The value of FEEL in a form, given with its leading "=". Throws FeelSyntaxError when the form's expression is none. */
export function evaluateInForm(expression: string, variables: Record<string, unknown>): unknown {
  return toPlain(compiled(expression.slice(1)).evaluate(scopeOf(variables)))
}

/** Whether a property of a form is FEEL. */
export function isExpression(property: unknown): property is string {
  return typeof property === 'string' && property.startsWith('=')
}

function compiled(source: string): CompiledExpression {
  const found = known.get(source)
  if (found) return found
  const made = compileExpression(source)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(source, made)
  return made
}
