import { v5 as uuidv5 } from 'uuid'
import { checkPersonalNumber } from '../../../rules/identifiers/index.ts'
import type { Municipality } from '../../../zeebe/municipality.ts'
import type { Practice, PracticeExample } from '../../../zeebe/practice.ts'
import { channels, type Answers, type ChannelName } from '../../case.ts'
import { madeUpPerson, type MadeUpPerson } from './madeUpPerson.ts'

/** How many requests a copy is filled with. */
export const plannedRequests = 60

/** Where a request shall stand when the copy is full. */
const goals = ['new', 'closed', 'claimed', 'waiting', 'closed', 'late', 'begun', 'new', 'withdrawn', 'closed'] as const
export type Goal = (typeof goals)[number]

/** One request of the filling. The same plan always says the same, so that a filling can go on where it was. */
export interface PlannedRequest {
  /** Also what a second try finds the first by. */
  clientKey: string
  draftId: string
  procedure: string
  channel: ChannelName
  language: string
  answers: Answers
  steps: PracticeExample['steps']
  /** Null: without a name. */
  person: MadeUpPerson | null
  goal: Goal
  /** How many days ago it was filed; of a late one, at least so many. */
  daysAgo: number
  /** Counts the requests: whoever takes turns asks it. */
  index: number
}

// Ours alone: a request's key says nothing and is found again.
const namespace = '5d0f7f5e-3a53-4c0a-9a0e-6f2a8f3d8a11'

const daysOf: Readonly<Record<Goal, readonly number[]>> = {
  new: [0, 1, 0, 2], claimed: [1, 2, 3], waiting: [2, 3], begun: [1, 4, 2], closed: [1, 3, 2, 4], withdrawn: [2, 5], late: [10],
}

/** The requests of one filling: over all procedures that are offered, all channels and all states. */
export function planRequests(
  practice: Practice, tenant: Municipality, { generation, offered }: { generation: number; offered: readonly string[] },
): PlannedRequest[] {
  const examples = inTurns(practice.examples.filter(({ procedure }) => offered.includes(procedure)))
  if (examples.length === 0) return []
  return Array.from({ length: plannedRequests }, (_, index): PlannedRequest => {
    const goal = goals[index % goals.length]!
    const suited = examples.filter(({ steps }) => goal !== 'begun' || steps.length > 1)
    // Each round of goals begins one further, so that no goal meets always the same procedure, nor the same people.
    const turn = index + Math.floor(index / goals.length)
    const example = (suited.length > 0 ? suited : examples)[turn % (suited.length || examples.length)]!
    const key = `${tenant.id} ${generation} ${index}`
    const person = madeUpPerson(practice, tenant.country, tenant.placeNames[fileOf(tenant.officialLanguage)].replace(/ \(.*\)$/, ''), turn)
    const petition = practice.petitions[turn % practice.petitions.length]!
    return {
      clientKey: uuidv5(key, namespace),
      draftId: uuidv5(`${key} draft`, namespace),
      procedure: example.procedure,
      // Without a name one files oneself, and is nobody's guest at a counter.
      channel: example.anonymous ? 'portal' : channels[index % channels.length]!,
      language: tenant.languages[index % 7 === 6 ? 1 % tenant.languages.length : 0]!,
      answers: asTheirOwn(example.answers, person, petition, tenant.country),
      steps: example.steps.map((step) => ('answerText' in step.answers
        ? { ...step, answers: { ...step.answers, answerText: petition.answer, ...('legalGround' in step.answers && { legalGround: petition.ground }) } }
        : step)),
      person: example.anonymous ? null : person,
      goal,
      daysAgo: daysOf[goal][Math.floor(index / goals.length) % daysOf[goal].length]!,
      index,
    }
  })
}

/** One of each procedure after the other, so that many examples of one do not crowd out the rest. */
function inTurns(examples: readonly PracticeExample[]): PracticeExample[] {
  const byProcedure = [...new Set(examples.map(({ procedure }) => procedure))].map((id) => examples.filter(({ procedure }) => procedure === id))
  const longest = Math.max(0, ...byProcedure.map((list) => list.length))
  return Array.from({ length: longest }, (_, at) => byProcedure.map((list) => list[at % list.length]!)).flat()
}

/** The example's answers with the number, the birthday and the matter of this person. */
function asTheirOwn(answers: Record<string, unknown>, person: MadeUpPerson, petition: Practice['petitions'][number], country: string): Answers {
  const own = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && checkPersonalNumber(country, value).ok) return person.number
    if (key === 'birthDate' && answers.relation === 'self') return person.birthDate
    if (!('petitionText' in answers)) return value
    return { petitionKind: petition.kind, subject: petition.subject, petitionText: petition.text }[key] ?? value
  }
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, own(key, value)])) as Answers
}

function fileOf(language: Municipality['officialLanguage']): 'sr' | 'bg' | 'ro' | 'hu' | 'en' {
  return language === 'sr-Cyrl' || language === 'sr-Latn' ? 'sr' : language
}
