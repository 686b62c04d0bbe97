import { defineStore } from 'pinia'
import { v7 as uuid } from 'uuid'
import { computed, ref, shallowRef } from 'vue'
import type { Receipt } from '../../../server/http/contract/cases.ts'
import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { PersonPage } from '../../../server/http/contract/people.ts'
import type { DocumentKind, NoticeChannel, NumberKind, RegistrationSlip } from '../../../server/http/contract/registration.ts'
import type { Answers, Language } from '../../../server/http/contract/words.ts'
import { useSession } from '../../shared/session.ts'

/** The service that is no request of the catalogue: an account for the person at the counter. */
export const registration = 'citizen-registration'

/** What is typed of a person; days as they were typed. */
export interface Typed {
  numberKind: NumberKind
  number: string
  familyName: string
  givenName: string
  bornOn: string
  email: string
  phone: string
  address: string
}

/** What a registration asks beside the person. */
export interface AboutAccount {
  documentKind: DocumentKind
  documentNumber: string
  validUntil: string
  /** Consent to electronic delivery; empty: not asked yet. */
  eDelivery: '' | 'yes' | 'no'
  notices: NoticeChannel[]
  /** Among similar people: the one it is, `another`, or not answered yet. */
  same: string
}

/** One person at the counter: who they are, what they want, and all that was typed for it. */
export interface Visit {
  who: 'nobody' | 'known' | 'typed' | 'unnamed'
  known: PersonPage | null
  typed: Typed
  /** Language, and for Serbian the script, of what the person takes home. */
  language: Language
  service: string | null
  account: AboutAccount
  answers: Answers
  delivery: Applicant['delivery']
  /** Made once per wish, so that pressing twice files once. */
  clientKey: string
  draftId: string
}

/** What the person takes home. */
export type Paper = { kind: 'slip'; slip: RegistrationSlip } | { kind: 'receipt'; receipt: Receipt; language: Language; name: string }

function newVisit(language: Language): Visit {
  return {
    who: 'nobody',
    known: null,
    typed: { numberKind: 'personal-number', number: '', familyName: '', givenName: '', bornOn: '', email: '', phone: '', address: '' },
    language,
    service: null,
    account: { documentKind: 'identity-card', documentNumber: '', validUntil: '', eDelivery: '', notices: ['email'], same: '' },
    answers: {},
    delivery: 'pick-up',
    clientKey: uuid(),
    draftId: uuid(),
  }
}

/** Who stands at the counter now, whom the clerk has put aside, and the paper that came of it. Nothing of it outlives the page. */
export const useDesk = defineStore('desk', () => {
  const session = useSession()
  const visit = ref(newVisit(firstLanguage()))
  const aside = shallowRef<Visit[]>([])
  const paper = shallowRef<Paper | null>(null)
  /** Grows with each person, so that fields begin anew. */
  const turn = ref(0)
  const name = computed(() => nameOf(visit.value))

  function firstLanguage(): Language {
    return session.town?.firstLanguage ?? session.language
  }
  function begin(next: Visit): void {
    visit.value = next
    paper.value = null
    turn.value++
  }
  /** The next person; what was typed for this one goes. */
  function next(): void {
    begin(newVisit(firstLanguage()))
  }
  /** The next person; this one can be taken up again while the page is open. */
  function putAside(): boolean {
    const worth = visit.value.who !== 'nobody' && paper.value === null
    if (worth) aside.value = [...aside.value, visit.value]
    next()
    return worth
  }
  function takeUp(waiting: Visit): void {
    aside.value = aside.value.filter((each) => each !== waiting)
    putAside()
    begin(waiting)
  }
  function choose(known: PersonPage): void {
    const { person } = known
    Object.assign(visit.value, { who: 'known', known })
    Object.assign(visit.value.typed, { email: person.email, phone: person.phone, address: person.address })
  }
  function type(number = ''): void {
    Object.assign(visit.value, { who: 'typed', known: null })
    visit.value.typed.number = number
    if (visit.value.service === null) want(registration)
  }
  /** Another service is another request: it gets a key and a draft of its own. */
  function want(service: string): void {
    if (service === visit.value.service) return
    Object.assign(visit.value, { service, answers: {}, clientKey: uuid(), draftId: uuid() })
    if (service === registration && visit.value.known) typeFrom(visit.value.known.person)
  }
  /** Somebody the town knows gets an account: what is known need not be typed, and the number is typed from the document. */
  function typeFrom({ id, givenName, familyName, bornOn }: PersonPage['person']): void {
    Object.assign(visit.value.typed, { givenName, familyName, bornOn: bornOn ?? '' })
    visit.value.account.same = id
  }

  return { visit, aside, paper, turn, name, next, putAside, takeUp, choose, type, want }
})

/** The name as lists show it, family name first where that is the custom; empty while nothing is known. */
export function nameOf({ who, known, typed: { givenName, familyName }, language }: Visit): string {
  if (who === 'known') return known?.person.name ?? ''
  return (language === 'hu' ? [familyName, givenName] : [givenName, familyName]).filter(Boolean).join(' ')
}
