import { refuse, type RefusalKind } from '../../base/errors.ts'
import type { Standing } from '../admission.ts'
import type { Decision } from '../behaviors/decision.ts'
import type { Key } from '../key.ts'
import type { StateView } from '../state/state.ts'

/** What has to be in memory before a command can be decided. Asked again after each load, since one thing may lead to the next. */
export interface Needs {
  instances?: readonly Key[]
  /** Instances by the key of an element, job or incident of theirs. */
  instancesOf?: readonly Key[]
  correlationKeys?: readonly string[]
  models?: readonly Key[]
  /** Definitions of which it must be known whether an instance lives. */
  running?: readonly Key[]
  /** The next who wait for this broadcast signal. */
  receiversOf?: Key
  /** Decision requirements graphs, compiled. */
  drgs?: readonly Key[]
}

/** One thing that can be asked of the engine. `decide` runs at one go: it refuses before it records, or not at all. */
export interface Command<Request, Reply> {
  /** Its name in messages. */
  readonly intent: string
  /** `goes-on` when left out. */
  readonly standing?: Standing
  needs(request: Request, state: StateView): Needs
  decide(request: Request, decision: Decision): Reply
}

const rejections: Record<RefusalKind, string> = {
  invalid: 'INVALID_ARGUMENT',
  'not-found': 'NOT_FOUND',
  'already-exists': 'ALREADY_EXISTS',
  'wrong-state': 'INVALID_STATE',
  'not-allowed': 'UNAUTHORIZED',
}

/** Refuses in the words Zeebe's clients know. `reason` is a sentence of the form "Expected …, but …". */
export function reject(intent: string, kind: RefusalKind, reason: string): never {
  refuse(kind, 'command-rejected', { intent }, `Command '${intent}' rejected with code '${rejections[kind]}': ${reason}`)
}
