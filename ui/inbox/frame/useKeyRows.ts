import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** Every key of the inbox with what it does, in the reader's language: for the sheet of keys and for the guides. */
export function useKeyRows() {
  const { t } = useI18n()
  return computed(() => [
    { keys: ['J', '↓'], deed: t('inbox.keys.next') },
    { keys: ['K', '↑'], deed: t('inbox.keys.previous') },
    { keys: ['Enter'], deed: t('inbox.keys.open') },
    { keys: ['Esc'], deed: t('inbox.keys.back') },
    { keys: [t('inbox.keys.letters.claim')], deed: t('inbox.task.claim') },
    { keys: [t('inbox.keys.letters.release')], deed: t('inbox.task.release') },
    { keys: ['/'], deed: t('inbox.keys.search') },
    { keys: ['Ctrl', 'Enter'], deed: t('inbox.keys.complete') },
    { keys: ['?'], deed: t('inbox.keys.title') },
    { keys: ['F1'], deed: t('inbox.help.title') },
  ])
}
