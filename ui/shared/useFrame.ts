import { ref, shallowRef } from 'vue'
import { useSession } from './session.ts'
import { languages, preferredLanguage, type AppTexts } from './texts/index.ts'

/** How the frame of a staff app begins: `begun` once there is something to show, `failure` where the town could not be asked. */
export function useFrame({ tenant, texts }: { tenant: string; texts: AppTexts }) {
  const session = useSession()
  const begun = ref(false)
  const failure = shallowRef<unknown>(null)

  async function begin(): Promise<void> {
    failure.value = null
    try {
      await session.start(tenant, texts)
    } catch (error) {
      // Even "no connection" needs words: our own files may still be there.
      await texts.load(preferredLanguage(languages, 'en'))
      failure.value = error
    }
    begun.value = true
  }
  return { begun, failure, begin }
}
