import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../../../base/errors.ts'
import { accountOf } from '../../../identity/accounts.ts'
import { anonymous, systemActor, type Actor } from '../../../identity/actor.ts'
import { Claims } from '../../../identity/claims.ts'
import type { Answers, Case } from '../../case.ts'
import { isClosed } from '../../case.ts'
import { claimTask } from '../../claimTask.ts'
import { completeTask } from '../../completeTask.ts'
import type { Context } from '../../context.ts'
import type { ApplicantGiven } from '../../draft.ts'
import { mayClaim } from '../../may.ts'
import { openCase } from '../../openCase.ts'
import { setStatus } from '../../setStatus.ts'
import { findCaseByClientKey } from '../../store/caseRows.ts'
import { tasksOfCase } from '../../store/taskRows.ts'
import type { Task } from '../../task.ts'
import type { MadeUpPerson } from './madeUpPerson.ts'
import type { PlannedRequest } from './planRequests.ts'
import { filedAtMs, setBack } from './setBack.ts'

/** What has become of a planned request: refused by the procedure itself, on its way, or where it shall be. */
export type Settled = 'not-taken' | 'filed' | 'settled'

/** Brings the request one step nearer to where it shall stand, by the verbs that people use. Done again, it changes nothing. */
export async function settleRequest(context: Context, planned: PlannedRequest, clerks: readonly Actor[]): Promise<Settled> {
  const { case_, tasks } = await context.db.transaction(async (trx) => {
    const case_ = await findCaseByClientKey(trx, planned.clientKey)
    return { case_, tasks: case_ ? await tasksOfCase(trx, case_.id) : [] }
  })
  if (case_) return (await isSettled(context, planned, { case_, tasks, clerks })) ? 'settled' : 'filed'
  try {
    await file(context, planned, clerks)
    return 'filed'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // An example that does not suit this town, its fields or its language: one fewer, and the log says which.
    context.log.warn('practice-request-not-taken', { procedure: planned.procedure, index: planned.index, code: error.code })
    return 'not-taken'
  }
}

async function file(context: Context, planned: PlannedRequest, clerks: readonly Actor[]): Promise<void> {
  const pack = context.packages.newest(planned.procedure)
  if (!pack) return
  const actor = planned.channel === 'portal' ? await onThePortal(context, planned, pack.procedure.assurance) : takesIn(clerks)
  const then = setBack({ ...context, actor }, filedAtMs(context, pack.procedure.deadline, planned))
  const { draftId, clientKey, procedure, answers, channel, language, person } = planned
  await openCase(then, { draftId, clientKey, procedure, answers, channel, language, applicant: applicantOf(person, channel === 'portal') })
}

/** Whoever has to be known signs in: with an account that only the copy has, and that no login opens. */
async function onThePortal(context: Context, { person, language }: PlannedRequest, assurance: string): Promise<Actor> {
  if (!person || assurance === 'anonymous') return { ...anonymous, draftSecret: uuidv7() }
  const claims = Claims.parse({
    sub: `practice:${person.email}`, sid: 'practice', exp: 0, given_name: person.givenName, family_name: person.familyName,
    email: person.email, email_verified: true, personal_number: person.number, address: { formatted: person.address },
  })
  const account = await accountOf(context, claims, language)
  return {
    kind: 'citizen', id: claims.sub, name: `${person.givenName} ${person.familyName}`, level: assurance === 'e-signature' ? 'e-signature' : 'password',
    roles: [], units: [], ...account,
  }
}

function takesIn(clerks: readonly Actor[]): Actor {
  const clerk = clerks.find(({ roles }) => roles.includes('counter-clerk'))
  if (!clerk) throw new Error('Expected a counter clerk among the practice accounts, because somebody must take in what does not come by the portal')
  return clerk
}

function applicantOf(person: MadeUpPerson | null, online: boolean): ApplicantGiven {
  const nobody: ApplicantGiven = {
    kind: 'anonymous', givenName: '', familyName: '', number: '', email: '', phone: '', address: '', delivery: 'electronic',
  }
  if (!person) return nobody
  const { givenName, familyName, email, address } = person
  return { ...nobody, kind: 'person', givenName, familyName, email, address, number: online ? '' : person.number }
}

interface Found {
  case_: Case
  tasks: readonly Task[]
  clerks: readonly Actor[]
}

async function isSettled(context: Context, planned: PlannedRequest, { case_, tasks, clerks }: Found): Promise<boolean> {
  if (isClosed(case_)) return true
  const open = tasks.find(({ status }) => status === 'open')
  if (planned.goal === 'withdrawn') {
    await withdraw(context, case_)
    return false
  }
  if (!open) return false
  if (planned.goal === 'new' || planned.goal === 'late') return true
  if (planned.goal === 'closed' || (planned.goal === 'begun' && !tasks.some(({ status }) => status === 'completed'))) {
    return !(await complete(context, planned, open, clerks))
  }
  if (!open.holder) await claim(context, open, clerks, planned.index)
  if (planned.goal === 'waiting') {
    await setStatus({ ...context, actor: systemActor('fill-training') }, case_.id, 'waiting-for-you', `practice ${case_.id}`)
  }
  return true
}

/** What the citizen's wish to withdraw tells the procedure. It waits in the engine until the procedure listens. */
export async function withdraw({ engine }: Context, case_: Pick<Case, 'id'>): Promise<void> {
  const message = { name: 'request-withdrawn', correlationKey: case_.id, messageId: `withdrawn ${case_.id}`, timeToLiveMs: 3_600_000, variables: {} }
  await engine.publishMessage(message).catch((error: unknown) => {
    // An earlier round has told it, and the procedure has not come to where it listens.
    if (!(error instanceof Refusal && error.kind === 'already-exists')) throw error
  })
}

/** False when nobody's answer is known for this step: then the request stays where it is. */
async function complete(context: Context, { steps, index }: PlannedRequest, task: Task, clerks: readonly Actor[]): Promise<boolean> {
  const step = steps.find(({ elementId }) => elementId === task.elementId)
  const clerk = clerks.find(({ id }) => id === task.holder) ?? (await claim(context, task, clerks, index))
  if (!step || !clerk) return false
  await completeTask({ ...context, actor: clerk }, task.id, step.answers as Answers)
  return true
}

/** Takes turns among those who may, so that everybody has something on the desk. */
async function claim(context: Context, task: Task, clerks: readonly Actor[], turn: number): Promise<Actor | undefined> {
  const able = clerks.filter((clerk) => mayClaim(clerk, task))
  const clerk = able[turn % (able.length || 1)]
  if (clerk) await claimTask({ ...context, actor: clerk }, task.id)
  return clerk
}
