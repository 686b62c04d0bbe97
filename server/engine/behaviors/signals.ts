import type { FeelScope } from '../../rules/feel/index.ts'
import type { Signal } from '../model/executable.ts'
import type { Key } from '../key.ts'
import type { WaitingSignal } from '../state/instance.ts'
import { joinObject } from '../state/jsonObject.ts'
import type { Decision } from './decision.ts'
import { textOf } from './expressions.ts'
import { Failure } from './failure.ts'
import type { Variables } from './variables.ts'

/** Where a broadcast stands that nobody has got yet. */
export const NOBODY: Key = '0'

/** What an element is going to wait for. The name is taken now; later changes of variables mean nothing to it. */
export function planSignal(decision: Decision, nodeId: string, signal: Signal, scope: FeelScope): WaitingSignal | Failure {
  const signalName = textOf(signal.name, scope)
  return signalName instanceof Failure ? signalName : { key: decision.nextKey(), nodeId, signalName }
}

/**
 * Broadcasts a signal to all who wait for it now, and to the processes it starts. They get it page by page (`broadcasting.ts`);
 * a subscription opened later has a higher key than the broadcast, whose key is the answer, and does not get it.
 */
export function broadcast(decision: Decision, signalName: string, variables: Variables): Key {
  const key = decision.nextKey()
  const starts = decision.state.definitions.startedBySignal(signalName).map((each) => each.key)
  decision.record({ type: 'signal-broadcast', row: { key, signalName, variables: joinObject(variables), starts, reached: NOBODY } })
  return key
}
