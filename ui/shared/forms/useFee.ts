import type { WatchSource } from 'vue'
import type { AskFee, ForetoldFee } from '../../../server/http/contract/catalogue.ts'
import { fetchFee } from '../api/index.ts'
import { useLoaded } from '../loaded.ts'

/**
 * The fee of a request before it is sent, asked whenever `sources` change; `ask` answers null while there is nothing to ask.
 * Undefined or null: not known. Then the page claims nothing, and the request can be sent all the same.
 */
export function useFee(procedure: string, ask: () => AskFee | null, sources: WatchSource[]) {
  const { value: fee } = useLoaded(async (): Promise<ForetoldFee['fee']> => {
    const request = ask()
    return request && (await fetchFee(procedure, request)).fee
  }, sources)
  return fee
}
