import { ANY, isOf, simpleType } from '../types.ts'
import type { FeelType, FunctionType } from '../types.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import type { Code } from './scope.ts'
import type { Part } from './tree.ts'
import { nameOf } from './tree.ts'

/** `value instance of type`. Null is of no type, not even of Any. */
export function instanceOf(part: Part, compilation: Compilation): Code {
  const value = compile(child(compilation, part, 0), compilation)
  const type = typeOf(child(compilation, part, 1), compilation)
  if (!type) return () => false
  return (place) => isOf(value(place), type)
}

/** The type a part names; undefined when there is no such type. */
export function typeOf(part: Part, compilation: Compilation): FeelType | undefined {
  const inner = part.children[0]
  const read = inner && builders[inner.kind]
  if (read) return read(inner, compilation)
  const name = part.text.replace(/\s+/g, ' ')
  if (name === 'Null' && !compilation.dialect.typeOfNull) return undefined
  return simpleType(name) ?? compilation.typeNamed(name)
}

const builders: Readonly<Record<string, (part: Part, compilation: Compilation) => FeelType>> = {
  ListType(part, compilation) {
    const item = typeOf(child(compilation, part, part.children.length - 1), compilation) ?? ANY
    // The grammar knows no type of ranges, so it has read the word as "list".
    return compilation.source.slice(part.from - 1, part.from + 4) === 'range' ? { kind: 'range', of: item } : { kind: 'list', item }
  },
  ContextType(part, compilation) {
    const entries = (part.children.at(-1)?.children ?? []).map((entry): [string, FeelType] => [
      nameOf(child(compilation, entry, 0)),
      typeOf(child(compilation, entry, 1), compilation) ?? ANY,
    ])
    return { kind: 'context', entries: new Map(entries) }
  },
  FunctionType(part, compilation) {
    const parameters = part.children.filter((each) => each.kind === 'ArgumentTypes').flatMap((each) => each.children)
    const result = part.children.findLast((each) => each.kind === 'Type')
    return {
      kind: 'function',
      parameters: parameters.map((each) => typeOf(child(compilation, each, 0), compilation) ?? ANY),
      result: (result && typeOf(result, compilation)) ?? ANY,
    }
  },
}

/** The type of a function: of its parameters as far as they are declared, of its result as far as it can be read off the body. */
export function functionType(parameters: readonly Part[], body: Part, compilation: Compilation): FunctionType {
  return {
    kind: 'function',
    parameters: parameters.map((each) => (each.children[1] && typeOf(each.children[1], compilation)) ?? ANY),
    result: typeOfBody(body, compilation),
  }
}

const literals: Readonly<Record<string, FeelType | undefined>> = {
  null: simpleType('Null'),
  BooleanLiteral: simpleType('boolean'),
  NumericLiteral: simpleType('number'),
  StringLiteral: simpleType('string'),
}

function typeOfBody(part: Part, compilation: Compilation): FeelType {
  const inner = part.children[0]
  if (part.kind === 'FunctionBody' && inner) return typeOfBody(inner, compilation)
  if (part.kind !== 'Context') return literals[part.kind] ?? ANY
  const entries = part.children.map((entry): [string, FeelType] => [
    nameOf(child(compilation, entry, 0)),
    typeOfBody(child(compilation, entry, 1), compilation),
  ])
  return { kind: 'context', entries: new Map(entries) }
}
