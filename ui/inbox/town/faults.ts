import { useI18n } from 'vue-i18n'
import { ApiError } from '../../shared/api/index.ts'

/** The sentence for a field of the settings, out of what the server said is wrong with them. */
export function useTownFaults(): (failure: unknown, field: string) => string | undefined {
  const { t } = useI18n()
  return (failure, field) => {
    const fault = failure instanceof ApiError ? failure.faults.find((each) => each.field === field) : undefined
    return fault && t(`inbox.town.faults.${fault.code}`, fault.facts)
  }
}
