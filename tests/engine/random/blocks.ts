/** Random processes, built of blocks with one way in and one way out, so that every one of them can be brought to its end. */
import fc from 'fast-check'

export type Trigger = 'timer' | 'message' | 'signal'
/** What a sub-process lets out to its border. */
export type Thrown = 'error' | 'escalation'

export type Block =
  | { kind: 'task'; task: 'service' | 'user' | 'script' | 'manual'; mapped: boolean; undone: boolean }
  | { kind: 'guarded-task'; by: Trigger | 'error'; interrupts: boolean }
  | { kind: 'wait'; for: Trigger | 'receive' }
  | { kind: 'tell' }
  | { kind: 'sequence'; blocks: Block[] }
  | { kind: 'exclusive'; branches: Block[] }
  | { kind: 'loop'; body: Block }
  | { kind: 'parallel'; branches: Block[] }
  | { kind: 'first-of'; branches: Block[] }
  | { kind: 'sub-process'; body: Block; guard: Trigger | Thrown | null; interrupts: boolean; each: 'parallel' | 'sequential' | null; aside: Aside | null }
  | { kind: 'call' }
  | { kind: 'escalation' }
  /** Undoes what was done in its scope. */
  | { kind: 'compensation' }

/** An event sub-process. */
export interface Aside {
  on: Trigger | 'escalation'
  interrupts: boolean
  body: Block
}

export interface Plan {
  body: Block
  aside: Aside | null
  /** What the last token does: just end, fork by an inclusive gateway, end everything, or broadcast a signal. */
  last: 'end' | 'inclusive' | 'terminate' | 'tell'
}

const guard = fc.constantFrom<Trigger | 'error'>('timer', 'message', 'signal', 'error')
const border = fc.constantFrom<Trigger | Thrown>('timer', 'message', 'signal', 'error', 'escalation')
const beside = fc.constantFrom<Aside['on']>('timer', 'message', 'signal', 'escalation')

const { block } = fc.letrec<{ block: Block; leaf: Block }>((tie) => {
  const inner = tie('block')
  const branches = fc.array(inner, { minLength: 2, maxLength: 3 })
  return {
    leaf: fc.oneof(
      fc.record({
        kind: fc.constant('task' as const), task: fc.constantFrom('service', 'user', 'script', 'manual'), mapped: fc.boolean(), undone: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('guarded-task' as const), by: guard, interrupts: fc.boolean() }),
      fc.record({ kind: fc.constant('wait' as const), for: fc.constantFrom('timer', 'message', 'signal', 'receive') }),
      fc.record({ kind: fc.constantFrom('call', 'tell', 'escalation', 'compensation') }),
    ) as fc.Arbitrary<Block>,
    block: fc.oneof({ depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(inner, { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('exclusive' as const), branches }),
      fc.record({ kind: fc.constant('loop' as const), body: inner }),
      fc.record({ kind: fc.constant('parallel' as const), branches }),
      fc.record({ kind: fc.constant('first-of' as const), branches: fc.array(inner, { minLength: 2, maxLength: 2 }) }),
      fc.record({
        kind: fc.constant('sub-process' as const), body: inner, guard: fc.option(border), interrupts: fc.boolean(),
        each: fc.option(fc.constantFrom<'parallel' | 'sequential'>('parallel', 'sequential')),
        aside: fc.option(fc.record({ on: beside, interrupts: fc.boolean(), body: tie('leaf') }), { freq: 3 }),
      }),
    ) as fc.Arbitrary<Block>,
  }
})

export const plan: fc.Arbitrary<Plan> = fc.record({
  body: block,
  aside: fc.option(fc.record({ on: beside, interrupts: fc.boolean(), body: block }), { freq: 2 }),
  last: fc.constantFrom('end', 'inclusive', 'terminate', 'tell'),
})
