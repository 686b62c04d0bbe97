import { ref, shallowRef, watch, type WatchSource } from 'vue'

/**
 * Something a page fetches, again whenever `sources` change. What was there stays until the new is here; the last question wins.
 * `failure` is what the api threw.
 */
export function useLoaded<Value>(fetch: () => Promise<Value>, sources: WatchSource | WatchSource[] = []) {
  const value = shallowRef<Value>()
  const failure = shallowRef<unknown>()
  const loading = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const answer = await fetch()
      if (mine !== asked) return
      value.value = answer
      failure.value = undefined
    } catch (error) {
      if (mine === asked) failure.value = error
    } finally {
      if (mine === asked) loading.value = false
    }
  }
  watch(sources, load)
  void load()
  return { value, failure, loading, load }
}
