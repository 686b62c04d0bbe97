import { compileExpression, isBoolean, isContext, isList, isNumber } from '../../feel/index.ts'
import type { FeelContext, FeelValue } from '../../feel/index.ts'
import { childOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { Logic, Site } from '../model.ts'
import { withValues } from '../model.ts'
import { answered, withNames } from '../reading.ts'
import type { Reading, Surroundings } from '../reading.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed loop: one result per item; `partial` holds the results so far. */
export const readFor: LogicReader = (element, around, reading) => {
  const { name, items } = readItems(element, around, reading)
  const body = part(element, 'return', withNames(around, [name, 'partial']), reading)
  return (site) => {
    const list = items(site)
    if (!list) return null
    const results: FeelValue[] = []
    for (const item of list) results.push(body(withValues(site, new Map([[name, item], ['partial', [...results]]]))))
    return results
  }
}

/** A boxed `some` or `every`, in three-valued logic; null where a condition is no truth value. */
export function readQuantified(quantifier: 'some' | 'every'): LogicReader {
  const decides = quantifier === 'some'
  return (element, around, reading) => {
    const { name, items } = readItems(element, around, reading)
    const body = part(element, 'satisfies', withNames(around, [name]), reading)
    return (site) => {
      const list = items(site)
      if (!list) return null
      const answers = list.map((item) => body(withValues(site, new Map([[name, item]]))))
      if (!answers.every((answer) => answer === null || isBoolean(answer))) return null
      if (answers.includes(decides)) return decides
      return answers.every((answer) => answer === !decides) ? !decides : null
    }
  }
}

/** A boxed filter: the items for which the condition is true, or the one at a position. Any other condition makes it null. */
export const readFilter: LogicReader = (element, around, reading) => {
  const list = part(element, 'in', around, reading)
  const match = part(element, 'match', withNames(around, ['item']), reading)
  return (site) => {
    const value = list(site)
    if (value === null) return null
    const items = isList(value) ? value : [value]
    const first = match(withItem(site, items[0] ?? null))
    if (isNumber(first)) return items.at(first.gt(0) ? first.toNumber() - 1 : first.toNumber()) ?? null
    const answers = items.map((item) => match(withItem(site, item)))
    if (!answers.every((answer) => answer === null || isBoolean(answer))) return null
    return items.filter((_, index) => answers[index] === true)
  }
}

// An item's own entries are visible beside the item.
function withItem(site: Site, item: FeelValue): Site {
  const values: FeelContext = new Map(isContext(item) ? item : [])
  return withValues(site, values.set('item', item))
}

function part(element: Moddle, name: string, around: Surroundings, reading: Reading): Logic {
  return readLogic(childOf(childOf(element, name), 'value'), around, reading, element)
}

interface Items {
  readonly name: string
  readonly items: (site: Site) => FeelValue[] | undefined
}

function readItems(element: Moddle, around: Surroundings, reading: Reading): Items {
  const list = part(element, 'in', around, reading)
  // A loop of the language says what a loop goes through: the items of a list, the numbers or days of a range.
  const loop = compileExpression('for each in domain return each', { dialect: reading.dialect.name })
  return {
    name: textOf(element, 'iteratorVariable') ?? 'item',
    items(site) {
      const domain = list(site)
      const items = answered(reading.dialect, () => loop.evaluate({ get: () => domain, now: site.scope.now, budget: site.scope.budget }))
      return isList(items) ? items : undefined
    },
  }
}
