import { bounded } from '../../compile/run.ts'
import { FeelEvaluationError } from '../../errors.ts'
import type { Run } from '../../values.ts'
import type { PatternPart } from './tree.ts'

/** Where a pattern was found, and what its groups hold. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
}

/** Searches a text from a place on, each step counted by `run`. */
export type Search = (input: string, from: number, run: Run) => Found | null

/** Goes on from a place; false when what follows does not fit there. */
type Next = (at: number) => boolean

interface State {
  readonly input: string
  readonly run: Run
  readonly groups: (readonly [number, number] | undefined)[]
}

type Matcher = (state: State, at: number, next: Next) => boolean

/**
 * A search that goes back on its steps as JavaScript's does, but counts them, so that a pattern like (a+)+$ is stopped.
 * Slower by far: only for patterns that may need it. Throws FeelEvaluationError for what looks ahead or behind.
 */
export function countedSearch(tree: PatternPart, flags: string): Search {
  const match = matcherOf(tree, flags.replace('g', ''))
  return (input, from, run) => {
    for (let start = from; start <= input.length; start++) {
      const state: State = { input, run, groups: [] }
      let end = -1
      const fits = bounded(() =>
        match(state, start, (at) => {
          end = at
          return true
        }),
      )
      if (fits) return { start, end, groups: state.groups.map((each) => each && input.slice(...each)) }
    }
    return null
  }
}

function matcherOf(part: PatternPart, flags: string): Matcher {
  switch (part.kind) {
    case 'sign':
      return sign(part.source, flags)
    case 'edge':
      return edge(part.source, flags)
    case 'back':
      return back(part.group, flags)
    case 'group':
      return part.group === null ? matcherOf(part.inner, flags) : group(part.group, matcherOf(part.inner, flags))
    case 'sequence':
      return part.parts.map((each) => matcherOf(each, flags)).reduceRight(then, nothing)
    case 'choice':
      return choice(part.choices.map((each) => matcherOf(each, flags)))
    case 'repeat':
      return part.inner.kind === 'sign' ? repeatedSign(part, part.inner.source, flags) : repeat(part, matcherOf(part.inner, flags))
    case 'look':
      throw new FeelEvaluationError('too-much-work', 'Expected a pattern that does not look ahead or behind and repeat at once')
  }
}

const nothing: Matcher = (_, at, next) => next(at)

function then(rest: Matcher, first: Matcher): Matcher {
  return (state, at, next) => first(state, at, (after) => rest(state, after, next))
}

function choice(choices: readonly Matcher[]): Matcher {
  return (state, at, next) => choices.some((each) => each(state, at, next))
}

function sign(source: string, flags: string): Matcher {
  const width = widthOf(source, flags)
  return (state, at, next) => {
    const taken = width(state, at)
    return taken > 0 && next(at + taken)
  }
}

// The length of the sign at a place, 0 when it is not the one wanted.
function widthOf(source: string, flags: string): (state: State, at: number) => number {
  const wanted = new RegExp(`^(?:${source})$`, flags.replace('m', ''))
  const whole = /[uv]/.test(flags)
  return ({ input, run }, at) => {
    run.step()
    if (at >= input.length) return 0
    const found = whole ? String.fromCodePoint(input.codePointAt(at) ?? 0) : input.charAt(at)
    return wanted.test(found) ? found.length : 0
  }
}

function edge(source: string, flags: string): Matcher {
  const wanted = new RegExp(source, flags + 'y')
  return (state, at, next) => {
    state.run.step()
    wanted.lastIndex = at
    return wanted.test(state.input) && next(at)
  }
}

function back(number: number, flags: string): Matcher {
  const anyCase = flags.includes('i')
  const same = (left: string, right: string): boolean =>
    left === right || (anyCase && left.toLowerCase() === right.toLowerCase())
  return (state, at, next) => {
    const range = state.groups[number]
    const text = range ? state.input.slice(...range) : ''
    state.run.step(1 + text.length)
    return same(state.input.slice(at, at + text.length), text) && next(at + text.length)
  }
}

function group(number: number, inner: Matcher): Matcher {
  return (state, at, next) => {
    const before = state.groups[number]
    const fits = inner(state, at, (end) => {
      const inside = state.groups[number]
      state.groups[number] = [at, end]
      if (next(end)) return true
      state.groups[number] = inside
      return false
    })
    if (!fits) state.groups[number] = before
    return fits
  }
}

interface Repeat {
  readonly least: number
  readonly most: number
  readonly lazy: boolean
}

function repeat({ least, most, lazy }: Repeat, inner: Matcher): Matcher {
  const turn = (state: State, at: number, done: number, next: Next): boolean => {
    state.run.step()
    // A turn that took nothing would go on forever.
    const again: Next = (after) => (after > at || done < least) && turn(state, after, done + 1, next)
    const more = (): boolean => done < most && inner(state, at, again)
    const enough = (): boolean => done >= least && next(at)
    return lazy ? enough() || more() : more() || enough()
  }
  return (state, at, next) => turn(state, at, 0, next)
}

// Signs are taken in a loop, not one inside the other: a long text would be too deep.
function repeatedSign({ least, most, lazy }: Repeat, source: string, flags: string): Matcher {
  const width = widthOf(source, flags)
  return (state, at, next) => {
    const ends = [at]
    const takeOne = (): boolean => {
      const end = ends.at(-1) ?? at
      const taken = ends.length <= most ? width(state, end) : 0
      return taken > 0 && ends.push(end + taken) > 0
    }
    while (ends.length <= least) if (!takeOne()) return false
    if (lazy) {
      do if (next(ends.at(-1) ?? at)) return true
      while (takeOne())
      return false
    }
    while (takeOne());
    for (let taken = ends.length - 1; taken >= least; taken--) if (next(ends[taken] ?? at)) return true
    return false
  }
}
