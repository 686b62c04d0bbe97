import { builtIns, callByName, callInOrder } from '../functions/index.ts'
import { FeelFunction, isContext, isFunction, isList, isString } from '../values.ts'
import type { FeelValue, Run } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { valueOf } from './scope.ts'
import type { Code, Place } from './scope.ts'
import type { Part } from './tree.ts'

type Called = (callable: FeelFunction | string, place: Place) => FeelValue

/** A call: of a function bound in the expression, one handed in with the scope, or a built-in, in this order. */
export function call(part: Part, compilation: Compilation): Code {
  const callee = child(compilation, part, 0)
  const called = args(part.children[1], compilation)
  if (!isName(callee)) {
    const target = compile(callee, compilation)
    return (place) => {
      const callable = target(place)
      return isFunction(callable) ? called(callable, place) : null
    }
  }
  const name = compilation.calledName(callee)
  if (!compilation.isFunction(name) && !compilation.dialect.unknownFunctions) compilation.fail(callee, `There is no function "${name}"`)
  if (!compilation.isBound(name) && builtIns.has(name) && !compilation.functions.has(name)) return (place) => called(name, place)
  compilation.read(name)
  return (place) => {
    const callable = valueOf(place, name)
    if (isFunction(callable)) return called(callable, place)
    return builtIns.has(name) ? called(name, place) : null
  }
}

function isName(callee: Part): boolean {
  return ['VariableName', 'SpecialFunctionName', 'DateTimeConstructor'].includes(callee.kind)
}

function args(part: Part | undefined, compilation: Compilation): Called {
  if (part?.kind === 'NamedParameters') {
    const named = part.children.map((each) => ({
      name: compilation.calledName(child(compilation, each, 0)),
      code: compile(child(compilation, each, 1), compilation),
    }))
    return (callable, place) => invokeByName(callable, new Map(named.map(({ name, code }) => [name, code(place)])), place.run)
  }
  const inOrder = (part?.children ?? []).map((each) => compile(each, compilation))
  return (callable, place) => invokeInOrder(callable, inOrder.map((code) => code(place)), place.run)
}

/** A built-in function as a value, which can be handed on; undefined when there is none of that name. */
export function builtInValue(name: string): FeelFunction | undefined {
  const ways = builtIns.get(name)
  return ways && new FeelFunction(ways[0]?.names ?? [], (values, run) => invokeInOrder(name, values, run), undefined, name)
}

function invokeInOrder(called: FeelFunction | string, values: readonly FeelValue[], run: Run): FeelValue {
  const callable = (typeof called === 'object' && called.builtIn) || called
  if (typeof callable === 'string') return counted(values, run, () => callInOrder(builtIns.get(callable) ?? [], values, run))
  run.step()
  return callable.parameters.length === values.length ? callable.invoke(values, run) : null
}

function invokeByName(called: FeelFunction | string, values: ReadonlyMap<string, FeelValue>, run: Run): FeelValue {
  const callable = (typeof called === 'object' && called.builtIn) || called
  if (typeof callable === 'string') return counted([...values.values()], run, () => callByName(builtIns.get(callable) ?? [], values, run))
  run.step()
  if (![...values.keys()].every((name) => callable.parameters.includes(name))) return null
  return callable.invoke(callable.parameters.map((name) => values.get(name) ?? null), run)
}

const ITEMS_PER_STEP = 10

// A function goes through all it is given, at least once, and a text it makes takes room.
function counted(values: readonly FeelValue[], run: Run, work: () => FeelValue): FeelValue {
  run.step(1)
  for (const value of values) {
    if (isList(value)) run.step(Math.floor(value.length / ITEMS_PER_STEP))
    else if (isContext(value)) run.step(Math.floor(value.size / ITEMS_PER_STEP))
    else if (isString(value)) run.signs(value.length)
  }
  const made = work()
  if (isString(made)) run.signs(made.length)
  return made
}
