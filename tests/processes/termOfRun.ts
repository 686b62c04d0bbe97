import type { Answers } from '../../server/cases/case.ts'
import type { Context } from '../../server/cases/context.ts'
import { countAgain, type CaseDeadline, type Pause } from '../../server/cases/deadlines/deadline.ts'
import { lookAt, termVariables, type TermLook, type TermVariables } from '../../server/cases/deadlines/lookAtTerm.ts'
import { countTerm } from '../../server/cases/deadlines/startDeadline.ts'

/** What happens to the term in a run, in the words of an example. */
export type TermDeed = 'suspend' | 'resume' | 'extend' | 'ask' | 'answer'

const dayMs = 86_400_000

/** The term of a run: the rules and the country's law are the product's own, only the rows are played. */
export function termOfRun(town: Pick<Context, 'country' | 'tenant' | 'clock'>, kind: string, answers: Answers) {
  const { rule, dueAt, formula } = countTerm(town, kind, answers)
  let deadline: CaseDeadline = {
    id: 'term', caseId: 'case', kind, rule, startsAt: new Date(town.clock.now()), dueAt: new Date(dueAt), pauses: [],
    extendedAt: null, extension: null, formula, endedAt: null,
  }
  let waiting: { dueAt: Date } | null = null

  function stop(why: Pause['why']): void {
    if (!rule.standsFor?.some((each) => each.why === why)) return
    const pause: Pause = { id: 'pause', from: new Date(town.clock.now()), to: null, why, words: '', begunByName: null }
    deadline = { ...deadline, pauses: [...deadline.pauses, pause] }
  }

  function goOn(): void {
    recount({ pauses: deadline.pauses.map((pause) => ({ ...pause, to: pause.to ?? new Date(town.clock.now()) })) })
  }

  function recount(change: Partial<CaseDeadline>): void {
    const changed = { ...deadline, ...change }
    const counted = countAgain(changed, town)
    deadline = { ...changed, dueAt: new Date(counted.dueAt), formula: counted.formula }
  }

  const deeds: Record<TermDeed, () => void> = {
    suspend: () => stop('preliminary-question'),
    resume: goOn,
    extend() {
      if (!rule.extendOnceBy) throw new Error(`Expected the law to let ${kind} be extended but it does not`)
      recount({ extendedAt: new Date(town.clock.now()), extension: { ...rule.extendOnceBy, reason: '', byName: null } })
    },
    ask() {
      waiting = { dueAt: new Date(town.clock.now() + 10 * dayMs) }
      stop('supplement')
    },
    answer() {
      waiting = null
      goOn()
    },
  }

  return {
    variables: (): TermVariables => termVariables(town, deadline, waiting),
    look: (awaited: string): TermLook => lookAt(town, deadline, waiting, awaited),
    do: (deed: TermDeed): void => deeds[deed](),
    /** Nothing was supplied by the day. */
    miss(): TermVariables {
      deeds.answer()
      return termVariables(town, deadline, waiting)
    },
    dueAt: (): string => deadline.dueAt.toISOString(),
  }
}
