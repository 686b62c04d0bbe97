import { computed, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CheckedCitizen } from '../../../server/http/contract/registration.ts'
import type { Answers, FieldFault } from '../../../server/http/contract/words.ts'
import { ApiError, fileAtCounter, registerCitizen } from '../../shared/api/index.ts'
import { faultSentence } from '../../shared/forms/faultSentence.ts'
import { fieldId } from '../../shared/forms/fieldId.ts'
import type { SummaryLine } from '../../shared/parts/ErrorSummary.vue'
import { useSession } from '../../shared/session.ts'
import { dayOf } from '../../shared/words/dates.ts'
import { useDeed } from '../../shared/useDeed.ts'
import { applicantOf } from '../filing/applicantOf.ts'
import { registrationFaults, toRegister } from '../registration/registrationFaults.ts'
import { nameOf, registration, useDesk, type Paper } from './desk.ts'

/** A form that checks itself and gives its answers. */
interface Form {
  check(): FieldFault[] | null
  answers(): Answers
}

/**
 * Sends what is on the desk once at a time. Faults come at sending, in a summary and at their fields; a field in error is looked at
 * again when it is left, while the summary stays, so that nothing jumps.
 */
export function useSending(checked: ShallowRef<CheckedCitizen | null>, form: Readonly<ShallowRef<Form | null>>) {
  const desk = useDesk()
  const session = useSession()
  const { t, te } = useI18n()
  const { busy, failure, run } = useDeed()
  const found = shallowRef<FieldFault[]>([])
  const summary = shallowRef<FieldFault[]>([])
  /** What the server found in the answers of the form, shown by the form itself. */
  const fromServer = shallowRef<FieldFault[]>([])
  const formLines = ref<SummaryLine[]>([])
  /** Which wording of the consent was read out. */
  const wording = ref<string>()

  const around = () => ({
    country: session.town?.country ?? 'rs',
    today: dayOf(new Date().toISOString(), session.town?.timeZone ?? 'Europe/Belgrade'),
    checked: checked.value,
  })
  const errors = computed(() => new Map(found.value.map((fault) => [fault.field, sentenceOf(fault)])))
  const lines = computed<SummaryLine[]>(() => [
    ...summary.value.map((fault) => ({ target: fieldId(targetOf(fault.field)), sentence: sentenceOf(fault) })),
    ...formLines.value,
  ])
  /** What is not a matter of single fields. */
  const shownFailure = computed(() => (failure.value instanceof ApiError && failure.value.faults.length > 0 ? null : failure.value))

  function sentenceOf(fault: FieldFault): string {
    const own = `counter.faults.${fault.code}`
    return te(own) ? t(own, fault.facts) : faultSentence(fault, labelOf(fault.field), { t, te })
  }
  function labelOf(field: string): string {
    const name = targetOf(field)
    if (name === 'number') return t(`counter.person.number.${session.town?.country ?? 'rs'}`)
    if (name === 'document.number') return t('counter.account.documentNumber')
    if (name === 'document.validUntil') return t('counter.account.validUntil')
    return te(`counter.new.${name}`) ? t(`counter.new.${name}`) : name
  }
  /** Faults of an applicant stand at the person; only what is asked in the form itself keeps its place. */
  function targetOf(field: string): string {
    const name = field.replace(/^applicant\./, '').replace(/^residence$/, 'address')
    return desk.visit.who === 'known' && ['email', 'address'].includes(name) && desk.visit.service !== registration ? field : name
  }

  function show(faults: FieldFault[]): void {
    found.value = faults.map((fault) => ({ ...fault, field: targetOf(fault.field) }))
    summary.value = found.value
  }
  /** A field was left: what has been mended no longer stands at it. */
  function look(): void {
    if (found.value.length === 0 || desk.visit.service !== registration) return
    const now = new Set(registrationFaults(desk.visit, around()).map(({ field }) => field))
    found.value = found.value.filter(({ field }) => now.has(field))
  }
  function forget(): void {
    show([])
    fromServer.value = []
    formLines.value = []
    failure.value = null
  }

  /** The paper that came of it, or null with the faults shown. */
  async function send(): Promise<Paper | null> {
    let paper: Paper | null = null
    const sent = await run(async () => {
      paper = desk.visit.service === registration ? await register() : await file()
    })
    if (!sent && failure.value instanceof ApiError) {
      const { faults } = failure.value
      const ofForm = faults.filter(({ field }) => desk.visit.service !== registration && !field.startsWith('applicant.'))
      fromServer.value = ofForm
      show(faults.filter((fault) => !ofForm.includes(fault) && !fault.warning))
    }
    return paper
  }

  async function register(): Promise<Paper | null> {
    const faults = registrationFaults(desk.visit, around())
    show(faults)
    if (faults.length > 0 || wording.value === undefined) return null
    return { kind: 'slip', slip: await registerCitizen(toRegister(desk.visit, around(), wording.value)) }
  }

  async function file(): Promise<Paper | null> {
    const { visit } = desk
    show([])
    const faults = form.value?.check()
    if (visit.service === null || !faults || faults.length > 0) return null
    const receipt = await fileAtCounter({
      procedure: visit.service, draftId: visit.draftId, clientKey: visit.clientKey, language: visit.language,
      applicant: applicantOf(visit), answers: form.value!.answers(),
      knownPersonId: visit.who === 'known' ? visit.known?.person.id : undefined,
    })
    return { kind: 'receipt', receipt, language: visit.language, name: nameOf(visit) }
  }

  return { busy: busy as Ref<boolean>, shownFailure, errors, lines, formLines, fromServer, wording, look, forget, send }
}
