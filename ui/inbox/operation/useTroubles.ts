import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { OperationPage } from '../../../server/http/contract/operation.ts'
import { fetchOperation } from '../../shared/api/index.ts'
import { useSession } from '../../shared/session.ts'

/** What stands still in the town, for those whose business it is. The rail shows how much, the page shows what. */
export const useTroubles = defineStore('troubles', () => {
  const session = useSession()
  const page = shallowRef<OperationPage | null>(null)
  const failure = shallowRef<unknown>(null)

  /** Clerks have no such page, so it is not even asked for. */
  const isOurs = computed(() => session.me?.may.includes('operation.see') === true)
  const count = computed(() => (page.value ? (page.value.incidents?.length ?? 0) + page.value.stalled.length : null))

  /** `background`: nobody touched the page, so this must not keep a session alive. */
  async function look(asking: { background?: boolean } = {}): Promise<void> {
    if (!isOurs.value) return
    try {
      page.value = await fetchOperation(session.language, asking)
      failure.value = null
    } catch (error) {
      failure.value = error
    }
  }

  return { page, failure, isOurs, count, look }
})
