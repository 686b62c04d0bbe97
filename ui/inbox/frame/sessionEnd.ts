import { ApiError } from '../../shared/api/index.ts'
import { useSession } from '../../shared/session.ts'

/** Looks whether a failure means that the session or the right to be here has ended; then the frame shows the door. */
export function useSessionEnd(): (failure: unknown) => Promise<void> {
  const session = useSession()
  return async (failure) => {
    // When even this gets no answer, the failure already tells it.
    if (failure instanceof ApiError && [401, 403].includes(failure.status)) await session.refreshMe().catch(() => undefined)
  }
}
