import type { Command } from './command.ts'
import { bufferedFor, startByMessage, variablesOf } from './correlate.ts'

export interface ReleaseMessageStart {
  correlationKey: string
  processId: string
}

/** An instance started by a message is over: the oldest message that has waited for that starts the next one, in the latest version. */
export const releaseMessageStart: Command<ReleaseMessageStart, void> = {
  intent: 'RELEASE_MESSAGE_START',

  needs({ correlationKey, processId }, { definitions }) {
    const latest = definitions.latest(processId)
    return { correlationKeys: [correlationKey], models: latest ? [latest.key] : [] }
  },

  decide({ correlationKey, processId }, decision) {
    const row = decision.state.correlation(correlationKey)!.messageStarts.get(processId)
    if (!row?.ended) return
    decision.record({ type: 'message-start-released', row })
    const latest = decision.state.definitions.latest(processId)
    const names = latest?.messageStarts.map(([, name]) => name) ?? []
    const message = bufferedFor(decision, correlationKey, names, processId)
    if (!latest || !message) return
    decision.record({ type: 'message-correlated', message, processId })
    startByMessage(decision, latest, message, variablesOf(message))
  },
}
