import { ApiError } from '../../shared/api/index.ts'
import { useSession } from '../../shared/session.ts'

/** Looks whether a failure means that the session has ended; then the frame shows the door with the way back in. */
export function useSessionEnd(): (failure: unknown) => Promise<void> {
  const session = useSession()
  return async (failure) => {
    // When even this gets no answer, the failure already tells it.
    if (failure instanceof ApiError && failure.status === 401) await session.refreshMe().catch(() => undefined)
  }
}
