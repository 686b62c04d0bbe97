import type { FeelValue, Run } from '../values.ts'
import { booleanFunctions } from './booleans.ts'
import { way } from './builtIn.ts'
import type { BuiltIn, Way } from './builtIn.ts'
import { contextFunctions } from './contexts.ts'
import { conversionFunctions } from './conversions.ts'
import { listFunctions } from './lists.ts'
import { numericFunctions } from './numbers.ts'
import { rangeFunctions } from './ranges.ts'
import { stringFunctions } from './strings.ts'
import { temporalFunctions } from './temporals.ts'

/** All built-in functions: those of the DMN standard, of the reference implementation and of Camunda's list. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ...Object.entries(conversionFunctions),
  ...Object.entries(booleanFunctions),
  ...Object.entries(stringFunctions),
  ...Object.entries(listFunctions),
  ...Object.entries(numericFunctions),
  ...Object.entries(temporalFunctions),
  ...Object.entries(rangeFunctions),
  ...Object.entries(contextFunctions),
  ['uuid', [way([], () => crypto.randomUUID())]],
])

/** Calls a built-in with arguments in order; null when no way takes so many, or of such types. */
export function callInOrder(ways: BuiltIn, args: readonly FeelValue[], run: Run): FeelValue {
  return firstAnswer(ways, (each) => {
    const fits = each.many ? args.length > 0 || !run.dialect.argumentsNeeded : each.names.length === args.length
    return fits ? each.invoke(args, run) : null
  })
}

/** Calls a built-in with arguments by name; names it does not have make the answer null. */
export function callByName(ways: BuiltIn, args: ReadonlyMap<string, FeelValue>, run: Run): FeelValue {
  return firstAnswer(ways, (each) => {
    if (each.many && each.names.length === 1 && args.size === 1) {
      const value = args.get(each.names[0] ?? '')
      return value === undefined ? null : each.invoke(Array.isArray(value) ? value : [value], run)
    }
    if (each.notStandard && run.dialect.standardNames) return null
    const fits = run.dialect.standardNames ? [...args.keys()].every((name) => each.names.includes(name)) : isSame(each.names, args)
    return fits ? each.invoke(each.names.map((name) => args.get(name) ?? null), run) : null
  })
}

// A way that does not take the arguments answers null, and then the next is tried.
function firstAnswer(ways: BuiltIn, call: (way: Way) => FeelValue): FeelValue {
  for (const each of ways) {
    const answer = call(each)
    if (answer !== null) return answer
  }
  return null
}

function isSame(names: readonly string[], args: ReadonlyMap<string, FeelValue>): boolean {
  return names.length === args.size && names.every((name) => args.has(name))
}
