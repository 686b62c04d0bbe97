import { isBoolean, isContext, isList, isNumber } from '../values.ts'
import type { FeelValue } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { listFrom } from './lists.ts'
import { inside } from './scope.ts'
import type { Code } from './scope.ts'
import type { Part } from './tree.ts'

/** `list[…]`: the item at a position, or all items for which the condition is true. */
export function filter(part: Part, compilation: Compilation): Code {
  const list = compile(child(compilation, part, 0), compilation)
  const conditionPart = child(compilation, part, 1)
  const condition = compilation.binding(['item'], () => compile(conditionPart, compilation))
  const { singletonFilters } = compilation.dialect
  const isCondition = conditions.has(conditionPart.kind)
  return (place) => {
    const value = list(place)
    const items = singletonFilters ? asList(value) : listFrom(value)
    if (!isCondition) {
      // As the reference implementation does, what may be a position is evaluated once without an item.
      const position = condition(inside(place, new Map([['item', null]])))
      if (isNumber(position)) return itemAt(items, position.toNumber())
      if (singletonFilters && position !== null && !isBoolean(position)) return null
    }
    return items.filter((item) => {
      place.run.step()
      const outer = inside(place, new Map([['item', item]]))
      return condition(isContext(item) ? inside(outer, item) : outer) === true
    })
  }
}

const conditions = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression', 'BooleanLiteral'])

function asList(value: FeelValue): readonly FeelValue[] {
  if (value === null) return []
  return isList(value) ? value : [value]
}

function itemAt(items: readonly FeelValue[], position: number): FeelValue {
  if (position === 0) return null
  return items[Math.trunc(position > 0 ? position - 1 : items.length + position)] ?? null
}
