import { ref, shallowRef } from 'vue'
import type { FileCase, Receipt } from '../../../server/http/contract/cases.ts'
import { ApiError, fileCase } from '../../shared/api/index.ts'

// The second half of a double click must not land on what the next page shows at the same place.
const doubleClick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500))

/** Sends a request once at a time. The key stays the same until a receipt comes, so sending again never files twice. */
export function useFiling() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)

  /** The receipt, or null with the reason in `failure`; faults of fields are left to the page. */
  async function send(request: FileCase): Promise<Receipt | null> {
    if (busy.value) return null
    // What went wrong the last time stays in its place until there is an answer: the button must not move under the finger.
    busy.value = true
    try {
      const [receipt] = await Promise.all([fileCase(request), doubleClick()])
      failure.value = null
      return receipt
    } catch (error) {
      failure.value = error
      return null
    } finally {
      busy.value = false
    }
  }

  /** What the server found in the answers, if that is why it refused. */
  function faults() {
    return failure.value instanceof ApiError ? failure.value.faults : []
  }

  return { busy, failure, send, faults }
}
