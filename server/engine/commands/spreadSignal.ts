import type { Decision } from '../behaviors/decision.ts'
import { NOBODY } from '../behaviors/signals.ts'
import { bringResult, type Variables } from '../behaviors/variables.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import { trigger } from '../elements/triggering.ts'
import type { Key } from '../key.ts'
import { eventOf, staysOpen } from '../state/instance.ts'
import { splitObject } from '../state/jsonObject.ts'
import type { BroadcastRow, SignalSubscriptionRow } from '../store/rows.ts'
import type { Command } from './command.ts'
import { startInstance } from './startInstance.ts'

export interface SpreadSignal {
  broadcastKey: Key
  /** How far it had got before. */
  reached: Key
}

/** A signal goes on to the next who wait for it. First of all it starts what it starts. */
export const spreadSignal: Command<SpreadSignal, void> = {
  intent: 'SPREAD_SIGNAL',

  needs({ broadcastKey }, state) {
    const broadcast = state.broadcast(broadcastKey)
    if (!broadcast) return {}
    return {
      receiversOf: broadcastKey,
      instances: state.receiversOf(broadcastKey)?.rows.map((each) => each.instanceKey),
      models: broadcast.reached === NOBODY ? broadcast.starts : [],
    }
  },

  decide({ broadcastKey }, decision) {
    const row = decision.state.broadcast(broadcastKey)
    const receivers = decision.state.receiversOf(broadcastKey)
    if (!row || !receivers) return
    const variables = splitObject(row.variables)
    if (row.reached === NOBODY) startAll(decision, row, variables)
    for (const receiver of receivers.rows) receive(decision, receiver, variables)
    if (receivers.isLast) decision.record({ type: 'signal-delivered', row })
    else decision.record({ type: 'signal-spread', row: { ...row, reached: receivers.upTo } })
  },
}

function startAll(decision: Decision, { starts, signalName }: Readonly<BroadcastRow>, variables: Variables): void {
  const { definitions } = decision.state
  for (const key of starts) {
    const definition = definitions.byKey(key)
    if (!definition) continue // deleted meanwhile
    const [elementId] = definition.signalStarts.find(([, name]) => name === signalName)!
    const event = definitions.model(key)!.root.signalStarts.find((each) => each.id === elementId)!
    startInstance(decision, { definition, event, variables })
  }
}

/** Lets a waiting element go on, if it still waits: what was done for one of the same page may have ended it. */
function receive(decision: Decision, { key, instanceKey }: Readonly<SignalSubscriptionRow>, variables: Variables): void {
  const instance = decision.state.instance(instanceKey)
  for (const element of instance?.elements.values() ?? []) {
    const waiting = element.signals.find((each) => each.key === key)
    if (!instance || !waiting) continue
    if (!staysOpen(eventOf(element, waiting.nodeId)!)) decision.record({ type: 'signal-subscription-closed', instance, element, waiting })
    const lifecycle = new Lifecycle(decision, instance)
    trigger(lifecycle, element, waiting.nodeId, (target) => bringResult(decision, instance, target, variables))
    lifecycle.run()
    return
  }
}
