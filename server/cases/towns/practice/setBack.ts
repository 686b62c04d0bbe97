import { DateTime } from 'luxon'
import type { Context } from '../../context.ts'
import { countTerm } from '../../deadlines/startDeadline.ts'
import { bringOutboxForward } from '../../store/trainingRows.ts'
import type { PlannedRequest } from './planRequests.ts'

/**
 * The context as it would have been at that moment, for filing only: number, term and history are of then. What the engine must be
 * told is of now, in the same transaction, because what is old in the outbox is never sent.
 */
export function setBack(context: Context, atMs: number): Context {
  const { clock, db } = context
  return {
    ...context,
    clock: { now: () => atMs, at: (whenMs, wake) => clock.at(whenMs, wake) },
    db: {
      ...db,
      transaction: (work) => db.transaction(async (trx) => {
        const result = await work(trx)
        await bringOutboxForward(trx, new Date(clock.now()))
        return result
      }),
    },
  }
}

// A term of the longest kind, in months, is behind after the last of these.
const longAgo = [10, 14, 18, 22, 27, 32, 38, 46, 60, 80, 110, 150, 200, 300, 400]

/** When the planned request was filed: on a working day in office hours, or at any on the portal; of a late one, so that its term is over. */
export function filedAtMs(context: Context, deadline: string, { goal, channel, daysAgo, index, answers }: PlannedRequest): number {
  const at = (days: number): number => {
    const now = DateTime.fromMillis(context.clock.now(), { zone: context.tenant.timeZone })
    let day = now.minus({ days }).set({ hour: 8 + (index % 7), minute: (index * 13) % 60, second: (index * 29) % 60, millisecond: 0 })
    while (channel !== 'portal' && day.weekday > 5) day = day.minus({ days: 1 })
    // Today's are of the last hours, also early in the morning.
    return Math.min(day.toMillis(), now.minus({ minutes: 7 + (index % 5) * 11 }).toMillis())
  }
  if (goal !== 'late') return at(daysAgo)
  // Some by a day, some by a week.
  const lateByMs = ((index * 3) % 8) * 86_400_000
  const isOver = (days: number): boolean => Date.parse(countTerm(setBack(context, at(days)), deadline, answers).dueAt) < context.clock.now() - lateByMs
  return at(longAgo.find((days) => days >= daysAgo && isOver(days)) ?? longAgo.at(-1)!)
}
