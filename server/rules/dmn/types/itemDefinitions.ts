import { compileUnaryTests, FeelSyntaxError, isContext, isFunction, isList, simpleType } from '../../feel/index.ts'
import type { CompiledUnaryTests, DialectName, FeelValue } from '../../feel/index.ts'
import { ANY } from '../../feel/types.ts'
import { childOf, listOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import { simpleTypes } from './dataType.ts'
import type { DataType } from './dataType.ts'

/** Finds a type by the name that a `typeRef` gives. */
export type TypeNamed = (ref: string | undefined) => DataType | undefined

/** What types are read with. */
export interface TypeSurroundings {
  readonly dialect: DialectName
  /** The types of the model that is imported under a name. */
  readonly imported: (importName: string) => TypeNamed | undefined
  readonly refuse: (element: Moddle, message: string) => void
}

/** The types that a model defines, beside the language's own. Those that name themselves inside are found when they are asked for. */
export function readTypes(itemDefinitions: readonly Moddle[], { dialect, imported, refuse }: TypeSurroundings): TypeNamed {
  const elements = new Map(itemDefinitions.map((each) => [each.name ?? '', each]))
  const known = new Map<string, DataType>()

  const named: TypeNamed = (ref) => {
    if (ref === undefined) return undefined
    // Older models name types with the prefix of a namespace: feel:string, own:tPerson.
    const name = ref.replace(/^[\w.-]+:/, '')
    const found = known.get(name) ?? simpleTypes.get(name)
    const element = elements.get(name)
    if (found) return found
    if (!element) return importedType(name)
    const later = laterType(name, () => known.get(name))
    known.set(name, later)
    known.set(name, definedType(element))
    return known.get(name)
  }

  // The name of an import may have dots itself.
  const importedType = (name: string): DataType | undefined => {
    const dots = [...name.matchAll(/\./g)].map((each) => each.index)
    const [type] = dots.flatMap((dot) => imported(name.slice(0, dot))?.(name.slice(dot + 1)) ?? [])
    return type
  }

  const definedType = (element: Moddle): DataType => {
    const name = element.name ?? ''
    const components = listOf(element, 'itemComponent')
    const allowed = limited(name, baseOf(element, name, components), element, 'allowedValues')
    const whole = element['isCollection'] === true ? listType(name, allowed) : allowed
    return limited(name, whole, element, 'typeConstraint')
  }

  const baseOf = (element: Moddle, name: string, components: readonly Moddle[]): DataType => {
    if (components.length > 0) return contextType(name, components)
    const functionItem = childOf(element, 'functionItem')
    if (functionItem) return functionType(name, named(textOf(functionItem, 'outputTypeRef')) ?? anyType)
    return named(textOf(element, 'typeRef')) ?? anyType
  }

  const contextType = (name: string, components: readonly Moddle[]): DataType => {
    const types = components.map((each) => [each.name ?? '', definedType(each)] as const)
    return {
      name,
      structure: { kind: 'context', entries: new Map(types.map(([key, type]) => [key, type.structure])) },
      holds(value) {
        if (value === null) return true
        return isContext(value) && types.every(([key, type]) => value.has(key) && type.holds(value.get(key) ?? null))
      },
      read(value, nowMs) {
        if (!isContext(value)) return value
        const read = new Map(value)
        for (const [key, type] of types) if (value.has(key)) read.set(key, type.read(value.get(key) ?? null, nowMs))
        return read
      },
    }
  }

  const limited = (name: string, base: DataType, element: Moddle, property: 'allowedValues' | 'typeConstraint'): DataType => {
    const allowed = textOf(childOf(element, property), 'text')?.trim()
    if (!allowed) return base
    let tests: CompiledUnaryTests
    try {
      tests = compileUnaryTests(allowed, { dialect })
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error
      refuse(element, `Failed to parse the allowed values '${allowed}': ${error.message}`)
      return base
    }
    const isAllowed = (value: FeelValue) => tests.evaluate(value, { get: () => undefined }) === true
    return { ...base, name, allowed, holds: (value) => value === null || (base.holds(value) && isAllowed(value)) }
  }

  return named
}

const anyType: DataType = simpleTypes.get('Any') ?? laterType('Any', () => undefined)

const FUNCTION = simpleType('function') ?? ANY

function listType(name: string, items: DataType): DataType {
  return {
    name,
    items,
    structure: { kind: 'list', item: items.structure },
    holds: (value) => value === null || (isList(value) && value.every((item) => items.holds(item))),
    read: (value, nowMs) => (isList(value) ? value.map((item) => items.read(item, nowMs)) : items.read(value, nowMs)),
  }
}

function functionType(name: string, result: DataType): DataType {
  return { name, result, structure: FUNCTION, holds: (value) => value === null || isFunction(value), read: (value) => value }
}

function laterType(name: string, type: () => DataType | undefined): DataType {
  return {
    name,
    structure: ANY,
    holds: (value) => type()?.holds(value) ?? true,
    read: (value, nowMs) => type()?.read(value, nowMs) ?? value,
  }
}
