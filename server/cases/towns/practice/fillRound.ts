import { refuse } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { forgetBytes } from '../../forgetBytes.ts'
import { emptyCopy, findFill, openCaseIds, saveFill, type TrainingFill } from '../../store/trainingRows.ts'
import { planRequests } from './planRequests.ts'
import { ensurePracticeAccounts, practiceActor } from './practiceAccounts.ts'
import { settleRequest, withdraw } from './settleRequest.ts'

// A procedure that does not listen, or an engine that is away, must not keep a copy from being emptied or finished.
const patienceMs = { emptying: 60_000, filling: 15 * 60_000 }

/**
 * One round of filling a copy for practice: goes on where the last one was, whoever did it. Answers how far it is; undefined where nobody
 * has asked. Refuses ('not-training') a real town.
 */
export async function fillRound(context: Context): Promise<TrainingFill | undefined> {
  const { db, tenant } = context
  if (!tenant.trainingOf) refuse('wrong-state', 'not-training')
  const fill = await db.transaction(findFill)
  if (!fill || fill.phase === 'done') return fill
  const next = await rounds[fill.phase](context, fill)
  return db.transaction(async (trx) => {
    // Somebody may have asked to begin anew meanwhile: then this round's word is an old one.
    const now = await findFill(trx)
    if (now?.generation !== fill.generation) return now
    await saveFill(trx, next)
    return next
  })
}

const rounds: Readonly<Record<Exclude<TrainingFill['phase'], 'done'>, (context: Context, fill: TrainingFill) => Promise<TrainingFill>>> = {
  /** Requests are withdrawn before they are deleted, so that no process is left in the engine that asks for them. */
  async emptying(context, fill) {
    const open = await context.db.transaction(openCaseIds)
    for (const id of open) await withdraw(context, { id })
    if (open.length > 0 && context.clock.now() - fill.askedAt.getTime() < patienceMs.emptying) return fill
    await forgetBytes(context, await context.db.transaction(emptyCopy))
    return { ...fill, phase: 'inviting' }
  },

  async inviting(context, fill) {
    const practice = await context.installation.practiceOf(context.tenant.country)
    return { ...fill, phase: 'filling', accounts: await ensurePracticeAccounts(context, practice) }
  },

  async filling(context, fill) {
    const { clock, installation, packages, tenant } = context
    const practice = await installation.practiceOf(tenant.country)
    const clerks = fill.accounts.map((account) => practiceActor(account, context))
    // Who is invented has no mailbox and gets no account.
    const offered = packages.offered().filter(({ procedure }) => !procedure.account).map(({ procedure }) => procedure.id)
    const planned = planRequests(practice, tenant, { generation: fill.generation, offered })
    const reached = []
    for (const request of planned) reached.push(await settleRequest(context, request, clerks))
    const settled = reached.filter((each) => each !== 'filed').length
    const isDone = settled === planned.length || clock.now() - fill.askedAt.getTime() > patienceMs.filling
    return {
      ...fill, planned: planned.length, filed: reached.filter((each) => each !== 'not-taken').length, settled,
      ...(isDone && { phase: 'done' as const, doneAt: new Date(clock.now()) }),
    }
  },
}
