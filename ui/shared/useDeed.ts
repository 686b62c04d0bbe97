import { ref, shallowRef, type Ref } from 'vue'

/**
 * Something that is asked of the server once at a time: whether it is under way, and what went wrong the last time. A second click
 * while it is under way does nothing. `failure`: where a page keeps it itself.
 */
export function useDeed(failure: Ref<unknown> = shallowRef<unknown>(null)) {
  const busy = ref(false)

  /** Does it; false when it failed or was under way already. */
  async function run(deed: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    try {
      await deed()
      return true
    } catch (error) {
      failure.value = error
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, run }
}
