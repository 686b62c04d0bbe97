import { childOf, listOf, textOf } from '../moddle.ts'
import type { Moddle } from '../moddle.ts'
import { Knowledge } from './knowledge.ts'
import { readLogic, typeOfLogic } from './logic/index.ts'
import type { Callable, Decision, Input, Requirements } from './model.ts'
import { readParameters } from './parameters.ts'
import type { Reading } from './reading.ts'
import { Service } from './service.ts'
import type { DataType } from './types/dataType.ts'

/** Reads decisions and what they require, each once, the required before those that require them. */
export function readGraph(definitions: Moddle, reading: Reading): { decisions: Decision[]; functions: Callable[] } {
  const graph = new Graph(listOf(definitions, 'drgElement'), reading)
  return { decisions: graph.decisions(), functions: graph.functions() }
}

class Graph {
  readonly #elements: ReadonlyMap<string, Moddle>
  readonly #inputs = new Map<Moddle, Input>()
  readonly #decisions = new Map<Moddle, Decision>()
  readonly #functions = new Map<Moddle, Callable>()
  readonly #underWay = new Set<Moddle>()

  constructor(
    readonly drgElements: readonly Moddle[],
    readonly reading: Reading,
  ) {
    this.#elements = new Map(drgElements.map((each) => [each.id ?? '', each]))
  }

  decisions(): Decision[] {
    return this.#every('dmn:Decision').flatMap((each) => this.#decision(each))
  }

  functions(): Callable[] {
    return [...this.#every('dmn:DecisionService'), ...this.#every('dmn:BusinessKnowledgeModel')].flatMap((each) => this.#function(each))
  }

  #every(type: string): Moddle[] {
    return this.drgElements.filter((each) => each.$type === type)
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
      resultName: variable?.name ?? (this.reading.dialect.resultNamedById ? id : name),
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
    if (this.reading.dialect.failureIsNull) this.#functions.set(element, knowledge)
    else if (!this.#begin(element, 'BKMs')) return []
    knowledge.requires = this.#requirements(element)
    this.#functions.set(element, knowledge)
    this.#underWay.delete(element)
    const names = [name, ...namesIn(knowledge.requires), ...parameters.map((each) => each.name)]
    const isExternal = !['FEEL', undefined].includes(textOf(definition, 'kind'))
    if (definition && !isExternal) {
      knowledge.logic = readLogic(childOf(definition, 'body'), { names, functions: knowledge.requires.functions }, this.reading, element)
    }
    return [knowledge]
  }

  #service(element: Moddle): Callable[] {
    const { id = '', name = '' } = element
    const inputs = [
      ...this.#referred(element, 'inputData').map((each) => this.#input(each)),
      ...this.#referred(element, 'inputDecision').flatMap((each) => this.#decision(each)),
    ]
    const outputs = this.#referred(element, 'outputDecision').flatMap((each) => this.#decision(each))
    const service = new Service(id, name, inputs, outputs, this.#resultTypeOf(element), this.reading.dialect)
    this.#functions.set(element, service)
    return [service]
  }

  #requirements(element: Moddle): Requirements {
    const information = listOf(element, 'informationRequirement')
    return {
      decisions: information.flatMap((each) => this.#one(each, 'requiredDecision')).flatMap((each) => this.#decision(each)),
      inputs: information.flatMap((each) => this.#one(each, 'requiredInput')).map((each) => this.#input(each)),
      functions: listOf(element, 'knowledgeRequirement')
        .flatMap((each) => this.#one(each, 'requiredKnowledge'))
        .flatMap((each) => this.#function(each)),
    }
  }

  #one(owner: Moddle, property: string): Moddle[] {
    const reference = childOf(owner, property)
    return reference ? this.#found([reference]) : []
  }

  #referred(owner: Moddle, property: string): Moddle[] {
    return this.#found(listOf(owner, property))
  }

  #found(references: readonly Moddle[]): Moddle[] {
    return references.flatMap((each) => {
      const id = (textOf(each, 'href') ?? '').replace(/^.*#/, '')
      const element = this.#elements.get(id)
      if (!element) this.reading.refuse(each, `Unable to find a model element instance for id ${id}`)
      return element ?? []
    })
  }

  #typeOf(variable: Moddle | undefined): DataType | undefined {
    return this.reading.typeNamed(textOf(variable, 'typeRef'))
  }

  // The variable of a function may be declared with the function's type or, as older models have it, with that of its result.
  #resultTypeOf(callable: Moddle): DataType | undefined {
    const type = this.#typeOf(childOf(callable, 'variable'))
    return type?.structure.kind === 'function' ? type.result : type
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

/** The names under which requirements are visible. */
function namesIn({ decisions, inputs, functions }: Requirements): string[] {
  return [...decisions.map((each) => each.resultName), ...inputs.map((each) => each.name), ...functions.map((each) => each.name)]
}
