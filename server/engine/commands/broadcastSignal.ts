import { broadcast } from '../behaviors/signals.ts'
import type { Key } from '../key.ts'
import type { Command } from './command.ts'
import { readPresent, readVariables } from './readRequest.ts'

export interface BroadcastSignal {
  signalName: string
  /** JSON text of an object. */
  variables?: string
}

const intent = 'BROADCAST'

/** Tells a signal to all who wait for it at this moment, and starts the processes it starts. Nobody who comes later hears of it. */
export const broadcastSignal: Command<BroadcastSignal, { key: Key }> = {
  intent,
  standing: 'begins',
  needs: () => ({}),

  decide({ signalName, variables: json = '' }, decision) {
    readPresent(intent, 'the name of the signal', signalName)
    return { key: broadcast(decision, signalName, readVariables(intent, json)) }
  },
}
