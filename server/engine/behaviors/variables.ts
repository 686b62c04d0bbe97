import { isContext, parseJson, toJson, type FeelScope, type FeelValue } from '../../rules/feel/index.ts'
import type { Mapping } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import { joinObject } from '../state/jsonObject.ts'
import type { Decision } from './decision.ts'
import { scopeOf, valueOf } from './expressions.ts'
import { Failure } from './failure.ts'

/** JSON text by name. */
export type Variables = ReadonlyMap<string, string>

export const NO_VARIABLES: Variables = new Map()

/** Writes into exactly this scope. */
export function setLocal(decision: Decision, instance: Instance, element: ElementInstance, variables: Variables): void {
  for (const [name, json] of variables) {
    if (element.variables.get(name) !== json) decision.record({ type: 'variable-set', instance, element, name, json })
  }
}

/** Each variable goes to the nearest scope that has it, from `element` outward; a new one to the process. */
export function propagate(decision: Decision, instance: Instance, element: ElementInstance, variables: Variables): void {
  for (const [name, json] of variables) {
    let holder: ElementInstance = element
    while (!holder.variables.has(name) && holder.scope) holder = holder.scope
    if (holder.variables.get(name) !== json) decision.record({ type: 'variable-set', instance, element: holder, name, json })
  }
}

/** What a job, message or script brings: local to the element if it maps its outputs, else merged outward. */
export function bringResult(decision: Decision, instance: Instance, element: ElementInstance, variables: Variables): void {
  if (element.node.outputs.length > 0) setLocal(decision, instance, element, variables)
  else propagate(decision, instance, element, variables)
}

/** Everything an element sees, as JSON text; only `names` if some are given. */
export function visibleJson(element: ElementInstance, names: readonly string[] = []): string {
  const seen = new Map<string, string>()
  const wanted = names.length > 0 ? new Set(names) : undefined
  for (let at: ElementInstance | null = element; at; at = at.scope) {
    for (const [name, json] of at.variables) if (!seen.has(name) && (!wanted || wanted.has(name))) seen.set(name, json)
  }
  return joinObject(seen)
}

/** Input mappings in their order, each seeing the ones before. */
export function applyInputs(decision: Decision, instance: Instance, element: ElementInstance): Failure | undefined {
  for (const mapping of element.node.inputs) {
    const value = mapped(mapping, scopeOf(element, decision.nowMs))
    if (value instanceof Failure) return value
    setLocal(decision, instance, element, new Map([place(mapping.target, value, element.variables)]))
  }
  return undefined
}

/**
 * Output mappings: evaluated in order over what the element sees, then merged into the scope around it. What is done many times
 * merges from itself outward, so that a mapping can fill the variable its result is taken from.
 */
export function applyOutputs(decision: Decision, instance: Instance, element: ElementInstance): Failure | undefined {
  const { outputs } = element.node
  if (outputs.length === 0) return undefined
  const results = new Map<string, string>()
  const inner = scopeOf(element, decision.nowMs)
  const scope: FeelScope = {
    now: inner.now,
    get(name) {
      const json = results.get(name)
      return json === undefined ? inner.get(name) : parseJson(json)
    },
  }
  const target = element.scope && element.scope.node.kind !== 'multi-instance' ? element.scope : element
  for (const mapping of outputs) {
    const value = mapped(mapping, scope)
    if (value instanceof Failure) return value
    const [name] = mapping.target
    const base = results.has(name!) ? results : new Map([[name!, visibleText(target, name!) ?? 'null']])
    results.set(...place(mapping.target, value, base))
  }
  propagate(decision, instance, target, results)
  return undefined
}

function mapped({ source }: Mapping, scope: FeelScope): FeelValue | Failure {
  const value = valueOf(source, scope)
  return value instanceof Failure ? new Failure('IO_MAPPING_ERROR', value.message) : value
}

function visibleText(element: ElementInstance, name: string): string | undefined {
  for (let at: ElementInstance | null = element; at; at = at.scope) if (at.variables.has(name)) return at.variables.get(name)
  return undefined
}

/** The variable that holds `value` at the path: objects on the way are kept, anything else gives way to one. */
function place([name, ...path]: readonly string[], value: FeelValue, known: Variables): [string, string] {
  if (path.length === 0) return [name!, toJson(value)]
  const json = known.get(name!)
  const root = contextOf(json === undefined ? null : parseJson(json))
  let at = root
  for (const step of path.slice(0, -1)) {
    const inner = contextOf(at.get(step) ?? null)
    at.set(step, inner)
    at = inner
  }
  at.set(path.at(-1)!, value)
  return [name!, toJson(root)]
}

function contextOf(value: FeelValue): Map<string, FeelValue> {
  return isContext(value) ? new Map(value) : new Map()
}
