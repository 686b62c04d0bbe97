import { both, either, truth } from '../compare.ts'
import type { FeelContext, FeelValue, Run } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { between, listFrom } from './lists.ts'
import { inside } from './scope.ts'
import type { Code, Place } from './scope.ts'
import type { Part } from './tree.ts'

/** `for x in list return …`: one result per item, or per combination of several lists; `partial` holds the results so far. */
export function forLoop(part: Part, compilation: Compilation): Code {
  const iterators = iteratorsOf(part, compilation)
  const bodyPart = child(compilation, part, 1)
  const names = [...iterators.map((each) => each.name), 'partial']
  const combine = compilation.dialect.dependentLists ? combineDependent : combineIndependent
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
  const combine = compilation.dialect.dependentLists ? combineDependent : combineIndependent
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

function snapshot(results: readonly FeelValue[], run: Run): FeelValue[] {
  run.step(results.length)
  return [...results]
}

interface Iterator {
  readonly name: string
  items(place: Place): readonly FeelValue[]
}

function iteratorsOf(part: Part, compilation: Compilation): Iterator[] {
  const parts = child(compilation, part, 0).children
  const names = parts.map((each) => compilation.plainName(child(compilation, each, 0)))
  const { dependentLists } = compilation.dialect
  return parts.map((each, index) => {
    const name = names[index] ?? ''
    const domain = child(compilation, each, 1)
    const before = dependentLists ? names.slice(0, index) : []
    const [first, last] = compilation.binding(before, () => domain.children.map((one) => compile(one, compilation)))
    if (!first) return compilation.fail(domain, 'A loop needs a list')
    if (!last) return { name, items: (place) => listFrom(first(place), place.run) }
    return { name, items: (place) => between(first(place), last(place), place.run) }
  })
}

/** Goes through every combination of items, the last list fastest, until a round says to stop. */
type Combine = (iterators: readonly Iterator[], place: Place, round: (values: FeelContext) => boolean) => void

// All lists are evaluated before the first round, so that a later one cannot depend on an earlier: as the reference implementation has it.
const combineIndependent: Combine = (iterators, place, round) => {
  const lists = iterators.map((each) => each.items(place))
  combine(iterators, (index) => lists[index] ?? [], place.run, round)
}

const combineDependent: Combine = (iterators, place, round) => {
  combine(iterators, (index, values) => iterators[index]?.items(index === 0 ? place : inside(place, values)) ?? [], place.run, round)
}

function combine(
  iterators: readonly Iterator[],
  listAt: (index: number, values: FeelContext) => readonly FeelValue[],
  run: Run,
  round: (values: FeelContext) => boolean,
): void {
  const values: FeelContext = new Map()
  const turn = (index: number): boolean => {
    const iterator = iterators[index]
    if (!iterator) {
      run.step()
      return round(new Map(values))
    }
    return listAt(index, values).every((item) => {
      values.set(iterator.name, item)
      return turn(index + 1)
    })
  }
  turn(0)
}
