import { z } from 'zod'
import type { Case } from '../../cases/case.ts'
import type { ShelvedPackage } from '../../cases/context.ts'
import { claimTask } from '../../cases/claimTask.ts'
import { completeTask } from '../../cases/completeTask.ts'
import { listTasks, nextTask } from '../../cases/listTasks.ts'
import { readTask } from '../../cases/readTask.ts'
import { releaseTask } from '../../cases/releaseTask.ts'
import { saveTaskDraft } from '../../cases/saveTaskDraft.ts'
import { localDay } from '../../rules/countDays.ts'
import { CompleteTask, SaveTaskDraft, TaskQuery } from '../contract/tasks.ts'
import { Id, Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { rowOf, showTask, showTaskRow, type Reader } from '../show/showTask.ts'
import type { Asked, Routes } from '../web.ts'

const OneTask = z.object({ taskId: Id, language: Language.optional() })

/** The clerks' lists and the steps they do. */
export function addTasks(router: Routes): void {
  router.get('/inbox/tasks', staffOnly, read(TaskQuery.extend({ language: Language }), async (ctx, { language, ...query }) => {
    const { rows, next, counts } = await listTasks(ctx.context, query)
    const packages = await Promise.all(rows.map((row) => packageOf(ctx, row.case)))
    ctx.body = { rows: rows.map((row, at) => showTaskRow(row, packages[at]!, reader(ctx, language))), next, counts }
  }))

  router.get('/inbox/tasks/:taskId', staffOnly, read(OneTask, async (ctx, { taskId, language }) => {
    ctx.body = showTask(await readTask(ctx.context, taskId), reader(ctx, language))
  }))

  router.post('/inbox/tasks/:taskId/claim', staffOnly, read(OneTask, async (ctx, { taskId, language }) => {
    await claimTask(ctx.context, taskId)
    ctx.body = rowOf(await readTask(ctx.context, taskId), reader(ctx, language))
  }))

  router.post('/inbox/tasks/:taskId/release', staffOnly, read(OneTask, async (ctx, { taskId, language }) => {
    // Read while it is still theirs: what lay on the desk of somebody who has left the unit is out of their sight afterwards.
    const held = await readTask(ctx.context, taskId)
    ctx.body = rowOf({ ...held, task: await releaseTask(ctx.context, taskId) }, reader(ctx, language))
  }))

  router.put('/inbox/tasks/:taskId/draft', staffOnly, read(OneTask.extend(SaveTaskDraft.shape), async (ctx, { taskId, answers }) => {
    const { savedAt } = await saveTaskDraft(ctx.context, taskId, answers)
    ctx.body = { savedAt: savedAt.toISOString() }
  }))

  router.post('/inbox/tasks/:taskId/complete', staffOnly, read(OneTask.extend(CompleteTask.shape), async (ctx, { taskId, answers }) => {
    await completeTask(ctx.context, taskId, answers)
    ctx.body = { nextTaskId: await nextTask(ctx.context, taskId) }
  }))
}

function reader(ctx: Asked, language: Language = ctx.town.firstLanguage): Reader {
  const { actor, clock, packages } = ctx.context
  return { town: ctx.town, actor, language, packages, today: localDay(clock.now(), ctx.town.timeZone) }
}

function packageOf({ context }: Asked, { procedure, packageVersion }: Case): Promise<ShelvedPackage> {
  return context.packages.version(procedure, packageVersion)
}
