import { childOf, listOf, textOf } from '../moddle.ts'
import type { Moddle } from '../moddle.ts'
import { namespaceAround } from './imports.ts'
import type { ModelSource } from './imports.ts'
import { Knowledge } from './knowledge.ts'
import type { Library } from './library.ts'
import { readBody, readLogic, typeOfLogic } from './logic/index.ts'
import type { Callable, Decision, Input, Requirements } from './model.ts'
import { readParameters } from './parameters.ts'
import type { Reading } from './reading.ts'
import { Service } from './service.ts'
import type { DataType } from './types/dataType.ts'

/** The decisions of a model and what they require, each read once, the required before those that require them. */
export class Graph {
  /** By the namespace and id with which they are referred to, also those that give way to another of the same name. */
  readonly #byReference: ReadonlyMap<string, Moddle>
  readonly #inputs = new Map<Moddle, Input>()
  readonly #decisions = new Map<Moddle, Decision>()
  readonly #functions = new Map<Moddle, Callable>()
  readonly #underWay = new Set<Moddle>()

  constructor(
    readonly source: ModelSource,
    readonly reading: Reading,
    readonly library: Library,
  ) {
    const elements = [...source.drgElements, ...source.replaced.keys()]
    this.#byReference = new Map(elements.map((each) => [`${namespaceAround(each)}#${each.id ?? ''}`, each]))
  }

  decisions(): Decision[] {
    return this.#every('dmn:Decision').flatMap((each) => this.#decision(each))
  }

  functions(): Callable[] {
    return [...this.#every('dmn:DecisionService'), ...this.#every('dmn:BusinessKnowledgeModel')].flatMap((each) => this.#function(each))
  }

  #every(type: string): Moddle[] {
    return this.source.drgElements.filter((each) => each.$type === type)
  }

  /** The decision, or none when it requires itself, which is a fault. */
  #decision(element: Moddle): Decision[] {
    const known = this.#decisions.get(element)
    if (known) return [known]
    if (!this.#begin(element, 'decisions')) return []
    const { id = '', name = '' } = element
    const variable = childOf(element, 'variable')
    const requires = this.#requirements(element)
    const logic = childOf(element, 'decisionLogic')
    const decision: Decision = {
      id,
      name,
      type: typeOfLogic(logic),
      resultName: variable?.name ?? (this.reading.dialect.resultsByName ? name : id),
      declaredType: this.#typeOf(variable),
      requires,
      logic: readLogic(logic, { names: namesIn(requires), functions: requires.functions }, this.reading, element),
    }
    this.#decisions.set(element, decision)
    this.#underWay.delete(element)
    return [decision]
  }

  #input(element: Moddle): Input {
    const known = this.#inputs.get(element)
    if (known) return known
    const variable = childOf(element, 'variable')
    const input = { id: element.id ?? '', name: variable?.name ?? element.name ?? '', declaredType: this.#typeOf(variable) }
    this.#inputs.set(element, input)
    return input
  }

  #function(element: Moddle): Callable[] {
    const known = this.#functions.get(element)
    if (known) return [known]
    return element.$type === 'dmn:DecisionService' ? this.#service(element) : this.#knowledge(element)
  }

  #knowledge(element: Moddle): Callable[] {
    const { id = '', name = '' } = element
    const definition = childOf(element, 'encapsulatedLogic')
    const parameters = readParameters(definition, this.reading)
    const knowledge = new Knowledge(id, name, parameters, this.#resultTypeOf(element), this.reading.dialect)
    // By the standard knowledge may call itself, so it is known before what it requires is read.
    if (this.reading.dialect.failuresAreNull) this.#functions.set(element, knowledge)
    else if (!this.#begin(element, 'BKMs')) return []
    knowledge.requires = this.#requirements(element)
    this.#functions.set(element, knowledge)
    this.#underWay.delete(element)
    const around = { names: [name, ...namesIn(knowledge.requires)], functions: knowledge.requires.functions }
    if (definition) knowledge.logic = readBody(definition, parameters.map((each) => each.name), around, this.reading)
    return [knowledge]
  }

  #service(element: Moddle): Callable[] {
    const { id = '', name = '' } = element
    const inputs = [
      ...this.#referred(element, 'inputData').map(({ graph, found }) => graph.#input(found)),
      ...this.#referred(element, 'inputDecision').flatMap(({ graph, found }) => graph.#decision(found)),
    ]
    const outputs = this.#referred(element, 'outputDecision').flatMap(({ graph, found }) => graph.#decision(found))
    const service = new Service(id, name, inputs, outputs, this.#resultTypeOf(element), this.reading.dialect)
    this.#functions.set(element, service)
    return [service]
  }

  #requirements(element: Moddle): Requirements {
    const information = listOf(element, 'informationRequirement')
    const decisions = information.flatMap((each) => this.#one(each, 'requiredDecision'))
    const inputs = information.flatMap((each) => this.#one(each, 'requiredInput'))
    const functions = listOf(element, 'knowledgeRequirement').flatMap((each) => this.#one(each, 'requiredKnowledge'))
    const from = (importName: string | undefined) => {
      const isThere = (each: Referred) => each.importName === importName
      return {
        decisions: decisions.filter(isThere).flatMap(({ graph, found }) => graph.#decision(found)),
        inputs: inputs.filter(isThere).map(({ graph, found }) => graph.#input(found)),
        functions: functions.filter(isThere).flatMap(({ graph, found }) => graph.#function(found)),
        imported: new Map<string, Requirements>(),
      }
    }
    const importNames = new Set([...decisions, ...inputs, ...functions].flatMap((each) => each.importName ?? []))
    return { ...from(undefined), imported: new Map([...importNames].map((name) => [name, from(name)])) }
  }

  #one(owner: Moddle, property: string): Referred[] {
    const reference = childOf(owner, property)
    return reference ? this.#found([reference]) : []
  }

  #referred(owner: Moddle, property: string): Referred[] {
    return this.#found(listOf(owner, property))
  }

  #found(references: readonly Moddle[]): Referred[] {
    return references.flatMap((each) => {
      const found = this.#ownElement(each) ?? this.#importedElement(each)
      if (!found) this.#refuseReference(each)
      return found ?? []
    })
  }

  // A reference without a namespace means the model in which it stands, or else one that was imported into it without a name.
  #ownElement(reference: Moddle): Referred | undefined {
    const { namespace, id } = referenceOf(reference)
    const namespaces = namespace ? [namespace] : [namespaceAround(reference), ...this.source.namespaces]
    const [element] = namespaces.flatMap((each) => this.#byReference.get(`${each}#${id}`) ?? [])
    return element && { graph: this, found: this.source.replaced.get(element) ?? element }
  }

  #importedElement(reference: Moddle): Referred | undefined {
    for (const { name, namespace } of this.source.imports) {
      const graph = this.library.graphNamed(namespace)
      const imported = graph?.source.namespaces.includes(referenceOf(reference).namespace) ? graph.#ownElement(reference) : undefined
      if (imported) return { ...imported, importName: name }
    }
    return undefined
  }

  #refuseReference(reference: Moddle): void {
    const { namespace, id } = referenceOf(reference)
    const isElsewhere = namespace !== '' && !this.source.namespaces.includes(namespace)
    const where = isElsewhere ? `, for no model with the namespace '${namespace}' is imported` : ''
    this.reading.refuse(reference, `Unable to find a model element instance for id ${id}${where}`)
  }

  #typeOf(variable: Moddle | undefined): DataType | undefined {
    return this.reading.typeNamed(textOf(variable, 'typeRef'))
  }

  // The variable of a function may be declared with the function's type or, as older models have it, with that of its result.
  #resultTypeOf(callable: Moddle): DataType | undefined {
    const type = this.#typeOf(childOf(callable, 'variable'))
    return type?.result ?? type
  }

  #begin(element: Moddle, what: string): boolean {
    if (this.#underWay.has(element)) {
      this.reading.refuse(element, `Cyclic dependencies between ${what} detected.`)
      return false
    }
    this.#underWay.add(element)
    return true
  }
}

/** An element that is referred to, in the model where it stands. */
interface Referred {
  readonly graph: Graph
  readonly found: Moddle
  /** The name of the import it comes by; undefined for the model's own. */
  readonly importName?: string
}

function referenceOf(reference: Moddle): { namespace: string; id: string } {
  const [id = '', namespace = ''] = (textOf(reference, 'href') ?? '').split('#').toReversed()
  return { namespace, id }
}

/** The names under which requirements are visible, and those of what is visible inside an import. */
function namesIn({ decisions, inputs, functions, imported }: Requirements): string[] {
  const own = [...decisions.map((each) => each.resultName), ...inputs.map((each) => each.name), ...functions.map((each) => each.name)]
  return [...own, ...[...imported].flatMap(([name, requires]) => [name, ...namesIn(requires)])]
}
