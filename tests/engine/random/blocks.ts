/** Random processes, built of blocks with one way in and one way out, so that every one of them can be brought to its end. */
import fc from 'fast-check'

export type Trigger = 'timer' | 'message'

export type Block =
  | { kind: 'task'; task: 'service' | 'user' | 'script' | 'manual'; mapped: boolean }
  | { kind: 'guarded-task'; by: Trigger | 'error'; interrupts: boolean }
  | { kind: 'wait'; for: Trigger | 'receive' }
  | { kind: 'sequence'; blocks: Block[] }
  | { kind: 'exclusive'; branches: Block[] }
  | { kind: 'loop'; body: Block }
  | { kind: 'parallel'; branches: Block[] }
  | { kind: 'first-of'; branches: Block[] }
  | { kind: 'sub-process'; body: Block; guard: Trigger | 'error' | null; interrupts: boolean; each: 'parallel' | 'sequential' | null; aside: Aside | null }
  | { kind: 'call' }

/** An event sub-process. */
export interface Aside {
  on: Trigger
  interrupts: boolean
  body: Block
}

export interface Plan {
  body: Block
  aside: Aside | null
  /** What the last token does: just end, fork by an inclusive gateway, or end everything. */
  last: 'end' | 'inclusive' | 'terminate'
}

const trigger = fc.constantFrom<Trigger>('timer', 'message')
const guard = fc.constantFrom<Trigger | 'error'>('timer', 'message', 'error')

const { block } = fc.letrec<{ block: Block; leaf: Block }>((tie) => {
  const inner = tie('block')
  const branches = fc.array(inner, { minLength: 2, maxLength: 3 })
  return {
    leaf: fc.oneof(
      fc.record({ kind: fc.constant('task' as const), task: fc.constantFrom('service', 'user', 'script', 'manual'), mapped: fc.boolean() }),
      fc.record({ kind: fc.constant('guarded-task' as const), by: guard, interrupts: fc.boolean() }),
      fc.record({ kind: fc.constant('wait' as const), for: fc.constantFrom('timer', 'message', 'receive') }),
      fc.record({ kind: fc.constant('call' as const) }),
    ) as fc.Arbitrary<Block>,
    block: fc.oneof({ depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(inner, { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('exclusive' as const), branches }),
      fc.record({ kind: fc.constant('loop' as const), body: inner }),
      fc.record({ kind: fc.constant('parallel' as const), branches }),
      fc.record({ kind: fc.constant('first-of' as const), branches: fc.array(inner, { minLength: 2, maxLength: 2 }) }),
      fc.record({
        kind: fc.constant('sub-process' as const), body: inner, guard: fc.option(guard), interrupts: fc.boolean(),
        each: fc.option(fc.constantFrom<'parallel' | 'sequential'>('parallel', 'sequential')),
        aside: fc.option(fc.record({ on: trigger, interrupts: fc.boolean(), body: tie('leaf') }), { freq: 3 }),
      }),
    ) as fc.Arbitrary<Block>,
  }
})

export const plan: fc.Arbitrary<Plan> = fc.record({
  body: block,
  aside: fc.option(fc.record({ on: trigger, interrupts: fc.boolean(), body: block }), { freq: 2 }),
  last: fc.constantFrom('end', 'inclusive', 'terminate'),
})
