import { both, either, truth } from '../compare.ts'
import { decimal } from '../decimals.ts'
import { FeelEvaluationError } from '../errors.ts'
import { FeelDate } from '../temporal/dateTime.ts'
import { isContext, isDate, isList, isNumber, isRange, typeName } from '../values.ts'
import type { FeelContext, FeelValue, Run } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { inside } from './scope.ts'
import type { Code, Place } from './scope.ts'
import type { Part } from './tree.ts'

/** `for x in list return …`: one result per item, or per combination of several lists; `partial` holds the results so far. */
export function forLoop(part: Part, compilation: Compilation): Code {
  const iterators = iteratorsOf(part, compilation)
  const bodyPart = child(compilation, part, 1)
  const names = [...iterators.map((each) => each.name), 'partial']
  let body: Code = () => null
  const readsPartial = compilation.reads('partial', () => {
    body = compilation.binding(names, () => compile(bodyPart, compilation))
  })
  return (place) => {
    const results: FeelValue[] = []
    combine(iterators, place, (values) => {
      if (readsPartial) values.set('partial', snapshot(results, place.run))
      results.push(body(inside(place, values)))
      return true
    })
    return results
  }
}

/** `some x in list satisfies …` and `every …`, in three-valued logic. */
export function quantified(part: Part, compilation: Compilation): Code {
  const iterators = iteratorsOf(part, compilation)
  const bodyPart = child(compilation, part, 1)
  const body = compilation.binding(iterators.map((each) => each.name), () => compile(bodyPart, compilation))
  const [start, join] = part.marks.includes('every') ? [true, both] : [false, either]
  return (place) => {
    let answer: boolean | null = start
    combine(iterators, place, (values) => {
      answer = join(answer, truth(body(inside(place, values))))
      return answer !== !start
    })
    return answer
  }
}

/** `list[…]`: the item at a position, or all items for which the condition is true. */
export function filter(part: Part, compilation: Compilation): Code {
  const listPart = child(compilation, part, 0)
  const list = compile(listPart, compilation)
  const conditionPart = child(compilation, part, 1)
  const condition = compilation.binding(['item'], () => compile(conditionPart, compilation))
  const isCondition = conditions.has(conditionPart.kind)
  return (place) => {
    const items = listFrom(list(place))
    if (!isCondition) {
      // As the reference implementation does, what may be a position is evaluated once without an item.
      const position = condition(inside(place, new Map([['item', null]])))
      if (isNumber(position)) return itemAt(items, position.toNumber())
    }
    return items.filter((item) => {
      place.run.step()
      const outer = inside(place, new Map([['item', item]]))
      return condition(isContext(item) ? inside(outer, item) : outer) === true
    })
  }
}

const conditions = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression', 'BooleanLiteral'])

function snapshot(results: readonly FeelValue[], run: Run): FeelValue[] {
  run.step(results.length)
  return [...results]
}

interface Iterator {
  readonly name: string
  items(place: Place): readonly FeelValue[]
}

function iteratorsOf(part: Part, compilation: Compilation): Iterator[] {
  return child(compilation, part, 0).children.map((each) => {
    const name = compilation.plainName(child(compilation, each, 0))
    const domain = child(compilation, each, 1)
    const [first, last] = domain.children.map((one) => compile(one, compilation))
    if (!first) return compilation.fail(domain, 'A loop needs a list')
    if (!last) return { name, items: (place) => listFrom(first(place), place.run) }
    return { name, items: (place) => between(first(place), last(place), place.run) }
  })
}

// All lists are evaluated before the first round, so that a later one cannot depend on an earlier: as the reference implementation has it.
function combine(iterators: readonly Iterator[], place: Place, round: (values: FeelContext) => boolean): void {
  const lists = iterators.map((each) => each.items(place))
  const values: FeelContext = new Map()
  const turn = (index: number): boolean => {
    const iterator = iterators[index]
    if (!iterator) {
      place.run.step()
      return round(new Map(values))
    }
    return (lists[index] ?? []).every((item) => {
      values.set(iterator.name, item)
      return turn(index + 1)
    })
  }
  turn(0)
}

function listFrom(value: FeelValue, run?: Run): readonly FeelValue[] {
  if (isList(value)) return value
  if (run && isRange(value)) return between(value.low, value.high, run)
  throw new FeelEvaluationError('list-expected', `Expected list but found ${value === null ? "'null'" : `a ${typeName(value)}`}`)
}

function between(first: FeelValue, last: FeelValue, run: Run): FeelValue[] {
  if (isNumber(first) && isNumber(last) && first.isInteger() && last.isInteger()) {
    return count(first.toNumber(), last.toNumber(), run, decimal)
  }
  if (isDate(first) && isDate(last)) return count(first.epochDay, last.epochDay, run, (day) => FeelDate.ofEpochDay(day))
  throw new FeelEvaluationError('list-expected', 'Expected two whole numbers or two dates around ".."')
}

function count(first: number, last: number, run: Run, value: (at: number) => FeelValue): FeelValue[] {
  const step = first <= last ? 1 : -1
  const values: FeelValue[] = []
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) {
    run.step()
    values.push(value(at))
  }
  return values
}

function itemAt(items: readonly FeelValue[], position: number): FeelValue {
  if (position === 0) return null
  return items[Math.trunc(position > 0 ? position - 1 : items.length + position)] ?? null
}
