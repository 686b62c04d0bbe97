import { javaMethodOf } from '../functions/java.ts'
import { ANY, converted } from '../types.ts'
import { FeelFunction } from '../values.ts'
import type { FeelContext } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { inside } from './scope.ts'
import type { Code } from './scope.ts'
import type { Part } from './tree.ts'
import { functionType } from './types.ts'

/** `function(a, b) …`: a function that sees the variables around it. */
export function definition(part: Part, compilation: Compilation): Code {
  const formal = part.children.find((each) => each.kind === 'FormalParameters')?.children ?? []
  const parameters = formal.map((each) => compilation.parameterName(child(compilation, each, 0)))
  const bodyPart = part.children.at(-1) ?? compilation.fail(part, 'A function needs a body')
  if (part.marks.includes('external')) {
    if (!compilation.dialect.externalFunctions) compilation.fail(part, 'External functions are not supported')
    const description = compile(bodyPart, compilation)
    return (place) => new FeelFunction(parameters, javaMethodOf(description(place)) ?? (() => null))
  }
  const body = compilation.binding(parameters, () => compile(bodyPart, compilation))
  const type = functionType(formal, bodyPart, compilation)
  const checked = compilation.dialect.typedParameters && type.parameters.some((each) => each !== ANY)
  return (place) =>
    new FeelFunction(
      parameters,
      (args, run) =>
        run.deeper(() => {
          run.step()
          const values: FeelContext = new Map()
          for (const [index, name] of parameters.entries()) {
            const given = args[index] ?? null
            const value = checked ? converted(given, type.parameters[index] ?? ANY) : given
            if (value === null && given !== null) return null
            values.set(name, value)
          }
          return body(inside({ ...place, run }, values))
        }),
      type,
    )
}
