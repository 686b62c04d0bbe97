/**
 * Elements that begin in the midst of a process, as a modification or the start instructions of a creation want it.
 * All of it is planned before anything is recorded: what cannot be done as a whole is refused as a whole.
 */
import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { NO_VARIABLES, setLocal, type Variables } from '../behaviors/variables.ts'
import type { Lifecycle } from '../elements/lifecycle.ts'
import { planWaiting, type WaitingPlan } from '../elements/waiting.ts'
import type { Key } from '../key.ts'
import { elementById } from '../model/elementById.ts'
import type { FlowNode, ProcessModel } from '../model/executable.ts'
import { flowScopesOf } from '../model/flowScopes.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import { activatableElement } from './activatableElement.ts'
import { reject } from './command.ts'
import { createScope, livingScope, resumeScope, type PlannedScope } from './plannedScope.ts'
import { readVariables } from './readRequest.ts'

export interface ActivateInstruction {
  elementId: string
  /** A scope around the element; those between the two are created anew. Missing: the scopes there are, if there is one of each. */
  ancestorElementInstanceKey?: Key
  variableInstructions?: readonly VariableInstruction[]
}

export interface VariableInstruction {
  /** JSON text of an object. */
  variables: string
  /** The scope they are local to; missing or empty is the process. */
  scopeId?: string
}

/** How a command says no, in the words its clients know. */
export interface ActivationTexts {
  readonly intent: string
  /** Begins each refusal: "Expected to …". */
  readonly expected: string
  unknown(elementId: string): string
  unsupported(elementId: string, reason: string): string
  insideMultiInstance(elementId: string): string
}

interface Activation {
  readonly node: FlowNode
  readonly scope: PlannedScope
  /** Scopes that are missing, outermost first. */
  readonly created: readonly { readonly scope: PlannedScope; readonly waiting: WaitingPlan }[]
  readonly given: ReadonlyMap<PlannedScope, Variables>
  /** Local to the element itself. */
  readonly own: Variables
}

const NO_ELEMENTS: Instance['elements'] = new Map()

export class ActivationPlan {
  readonly #activations: Activation[] = []
  readonly #scopes: PlannedScope[] = []
  readonly #root: PlannedScope
  readonly #elements: Instance['elements']

  constructor(
    readonly decision: Decision,
    readonly texts: ActivationTexts,
    readonly model: ProcessModel,
    /** The instance that lives, or the variables of one that is to be created. */
    { instance, variables = NO_VARIABLES }: { instance: Instance; variables?: undefined } | { instance?: undefined; variables: Variables },
  ) {
    this.#root = instance ? livingScope(instance.root, null) : { node: model.root, scope: null, variables: new Map(variables) }
    this.#elements = instance?.elements ?? NO_ELEMENTS
    this.#scopes.push(this.#root)
    // Begun at its start event it would go its way with an incident; begun elsewhere it is refused (Zeebe's issue 9422).
    if (!instance) this.#planWaiting(this.#root)
  }

  /** Live elements right inside which something is going to begin. */
  get entered(): ReadonlySet<ElementInstance> {
    const scopes = this.#activations.flatMap(({ scope, created }) => [scope, ...created.map((each) => each.scope.scope!)])
    return new Set(scopes.flatMap(({ element }) => element ?? []))
  }

  /** Plans one instruction after the ones before, or rejects the command. */
  add({ elementId, ancestorElementInstanceKey, variableInstructions = [] }: ActivateInstruction): void {
    const node = this.#find(elementId)
    const path = flowScopesOf(this.model, node)
    const ancestor = ancestorElementInstanceKey === undefined ? undefined : this.#ancestor(ancestorElementInstanceKey, elementId, path)
    const missing: PlannedScope[] = []
    let scope = ancestor ?? this.#root
    for (const next of path.slice(path.indexOf(scope.node) + 1)) {
      const there = ancestor ? undefined : this.#onlyScope(next, elementId)
      if (!there && (next.kind === 'multi-instance' || scope.node.kind === 'multi-instance')) {
        this.#reject(this.texts.insideMultiInstance(elementId))
      }
      scope = there ?? { node: next, scope, variables: new Map() }
      if (!there) missing.push(scope)
    }
    this.#scopes.push(...missing)
    const { given, own } = this.#give(variableInstructions, node, scope)
    const created = missing.map((each) => ({ scope: each, waiting: this.#planWaiting(each) }))
    this.#activations.push({ node, scope, created, given, own })
  }

  /** Creates the scopes that are missing and lets the elements begin. Nothing can fail any more. */
  begin(lifecycle: Lifecycle): void {
    const { decision, instance } = lifecycle
    this.#root.element = instance.root
    for (const { node, scope, created, given, own } of this.#activations) {
      for (const [{ element }, variables] of given) if (element) setLocal(decision, instance, element, variables)
      for (const { scope: each, waiting } of created) {
        each.element = createScope(decision, instance, each, waiting, given.get(each) ?? NO_VARIABLES)
      }
      resumeScope(decision, instance, scope.element!)
      lifecycle.begin(node, scope.element!, own)
    }
  }

  #find(elementId: string): FlowNode {
    const found = activatableElement(this.model, elementId)
    if (!found) this.#reject(this.texts.unknown(elementId))
    return 'fault' in found ? this.#reject(this.texts.unsupported(elementId, found.fault)) : found
  }

  #ancestor(key: Key, elementId: string, path: readonly FlowNode[]): PlannedScope {
    const element = this.#elements.get(key)
    const contains = 'it contains one or more activate instructions with an ancestor scope key'
    if (element?.phase !== 'active') this.#reject(`${contains} that does not exist, or is not in an active state: '${key}'`)
    if (path.includes(element.node)) return this.#living(element)
    const instanceOf = `instance '${key}' of element '${element.node.id}'`
    this.#reject(`${contains} that is not an ancestor of the element to activate: `
      + `${instanceOf} is not an ancestor of element '${elementId}'`)
  }

  /** The one scope of this kind that there is or will be; of several nobody can say which is meant. */
  #onlyScope(node: FlowNode, elementId: string): PlannedScope | undefined {
    const living = [...this.#elements.values()].filter((each) => each.node === node && each.phase === 'active')
    const scopes = new Set([...living.map((each) => this.#living(each)), ...this.#scopes.filter((each) => each.node === node)])
    const [first, second] = scopes
    if (second) {
      this.#reject('it contains one or more activate instructions for an element that has a flow scope with more than one active '
        + `instance: '${elementId}'. Please specify an ancestor element instance key for this activate instruction.`)
    }
    return first
  }

  /** A live element's scope: always the same one, so that an instruction sees what those before it bring. */
  #living(element: ElementInstance): PlannedScope {
    const known = this.#scopes.find((each) => each.element === element)
    if (known) return known
    const scope = livingScope(element, element.scope && this.#living(element.scope))
    this.#scopes.push(scope)
    return scope
  }

  #give(instructions: readonly VariableInstruction[], node: FlowNode, innermost: PlannedScope): Pick<Activation, 'given' | 'own'> {
    const given = new Map<PlannedScope, Map<string, string>>()
    const own = new Map<string, string>()
    for (const { variables: json, scopeId = '' } of instructions) {
      const variables = readVariables(this.texts.intent, json)
      const scope = scopeId === node.id ? undefined : this.#flowScope(scopeId, innermost)
      const target = scope ? given.get(scope) ?? new Map<string, string>() : own
      for (const [name, value] of variables) {
        target.set(name, value)
        scope?.variables.set(name, value)
      }
      if (scope) given.set(scope, target)
    }
    return { given, own }
  }

  #flowScope(scopeId: string, innermost: PlannedScope): PlannedScope {
    if (scopeId === '') return this.#root
    for (let at: PlannedScope | null = innermost; at; at = at.scope) if (at.node.id === scopeId) return at
    const fault = elementById(this.model, scopeId)
      ? `a scope element that doesn't belong to the element's flow scope`
      : 'a scope element id that could not be found'
    this.#reject(`it contains one or more variable instructions with ${fault}: '${scopeId}'`)
  }

  #planWaiting(scope: PlannedScope): WaitingPlan {
    const waiting = planWaiting(this.decision, scope)
    return waiting instanceof Failure ? this.#reject(`the flow scope '${scope.node.id}' cannot be created: ${waiting.message}`) : waiting
  }

  #reject(reason: string): never {
    reject(this.texts.intent, 'invalid', `${this.texts.expected} but ${reason}`)
  }
}
