import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { claimTask } from '../../server/cases/claimTask.ts'
import { completeTask } from '../../server/cases/completeTask.ts'
import type { CaseEvent, Context } from '../../server/cases/context.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { tenantsWithWork } from '../../server/cases/store/outboxRows.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import type { Actor } from '../../server/identity/actor.ts'
import { workers } from '../../server/workers/index.ts'
import { startOutbox, type OutboxLoop } from '../../server/workers/loops/deliverOutbox.ts'
import { workerOptions } from '../../server/workers/run.ts'
import { connectZeebe, type Worker, type ZeebeClient } from '../../server/zeebe/client.ts'
import { deployPackage } from '../../server/zeebe/deployProcesses.ts'
import { openWorkers } from '../../server/zeebe/jobWorker.ts'
import { extract, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'

// The whole way of a case on real parts: outbox, gRPC, the engine on PostgreSQL, workers, PDF.
let town: TestTown
let engine: Awaited<ReturnType<typeof serveEngine>>
let zeebe: ZeebeClient
let jobs: Worker
let outbox: OutboxLoop

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  engine = await serveEngine({ databaseUrl: town.database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog })
  zeebe = connectZeebe({ address: `127.0.0.1:${engine.port}`, log: quietLog })
  for (const pack of town.packages.offered()) await deployPackage(zeebe, pack, town.tenant.id, pack.version)
  outbox = startOutbox({
    tenantsWithWork: (atMs) => tenantsWithWork(town.pool, atMs),
    contextFor: (_tenant, actor) => onEngine(actor),
    clock: systemClock,
    log: quietLog,
  })
  jobs = openWorkers(zeebe, workers, workerOptions((_tenant, actor) => onEngine(actor), quietLog))
})

afterAll(async () => {
  await jobs.close()
  await outbox.close()
  await zeebe.close()
  await engine.close()
  await town.close()
})

test('an extract goes from the citizen’s request to the act in their inbox', async () => {
  const jovana = onEngine(await citizen(town))
  const ana = onEngine(clerk(town, 'ana.kovac'))
  const taskComes = heard((event) => event.kind === 'task-created')

  const { case: filed } = await openCase(jovana, extract())
  const { taskId } = await taskComes
  await claimTask(ana, taskId!)
  const caseCloses = closing(jovana, filed.id)
  await completeTask(ana, taskId!, {
    decision: 'issue',
    registerArea: 'Сомбор',
    entryYear: 1990,
    entryNumber: '212',
    recordedName: 'Јована Маринковић',
  })
  await caseCloses

  const { case: closed, documents, timeline } = await readCase(jovana, filed.id)
  expect(closed).toMatchObject({ status: 'granted', outcome: 'granted', feeMinor: 0, currency: 'RSD' })
  expect(timeline.map((entry) => entry.kind)).toEqual([
    'filed',
    'receipt-sent',
    'task-started',
    'task-completed',
    'status-changed',
    'act-delivered',
    'closed',
  ])
  expect((await readDocument(jovana, filed.id, documents[0]!.id)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  await outbox.idle()
  expect(town.sentMails.map((mail) => mail.subject)).toEqual([`${filed.number}: zahtev je primljen`, `${filed.number}: odgovor je spreman`])
})

test('a petition is forwarded to whom it concerns, and the engine knows no word of it', async () => {
  const milica = onEngine(clerk(town, 'milica.jovin'))
  const visitor = onEngine({ kind: 'anonymous', id: 'anonymous', name: '', level: 'anonymous', roles: [], units: [] })
  const taskComes = heard((event) => event.kind === 'task-created')

  const { case: filed } = await openCase(visitor, petition({ applicant: marko }))
  const { taskId } = await taskComes
  await claimTask(milica, taskId!)
  const caseCloses = closing(milica, filed.id)
  const answers = {
    decision: 'forward',
    competentBody: 'ЈКП „Водовод“',
    forwardingNote: 'Надлежно је јавно комунално предузеће, па захтев шаљемо њима.',
  }
  await completeTask(milica, taskId!, answers)
  await caseCloses

  const { case: closed } = await readCase(milica, filed.id)
  expect(closed).toMatchObject({ status: 'answered', outcome: 'forwarded', taskAnswers: answers })
})

function onEngine(actor: Actor): Context {
  return { ...town.contextFor(actor), engine: zeebe, clock: systemClock, wakeOutbox: () => outbox.wake() }
}

function heard(isMeant: (event: CaseEvent) => boolean): Promise<CaseEvent> {
  return new Promise((resolve) => {
    const stop = town.contextFor(clerk(town, 'ana.kovac')).events.subscribe(town.tenant.id, (event) => {
      if (!isMeant(event)) return
      stop()
      resolve(event)
    })
  })
}

/** Resolves when the case has ended; looks whenever the case is said to have changed. */
async function closing(context: Context, caseId: string): Promise<void> {
  for (;;) {
    const change = heard((event) => event.kind === 'case-changed' && event.caseId === caseId)
    if ((await readCase(context, caseId)).case.closedAt) return
    await change
  }
}
