import { onBeforeUnmount, ref, type Ref } from 'vue'

/** Whether a media query holds, now and after each change. */
export function useMedia(query: string): Ref<boolean> {
  const media = matchMedia(query)
  const holds = ref(media.matches)
  const look = (): void => { holds.value = media.matches }
  media.addEventListener('change', look)
  onBeforeUnmount(() => media.removeEventListener('change', look))
  return holds
}
