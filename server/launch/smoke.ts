/**
 * `npm run smoke`: starts everything in a throwaway folder on free ports, drives one extract request from filing to act over
 * HTTP through the real Keycloak login, and prints one JSON line. Ends with 0 only if all of it worked.
 *
 *   --keep DIR   leaves the act, its number and its code there
 *   --count N    that many requests; the figures are medians
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoPassword } from './demoPassword.ts'
import { completeTask, fileCase, readExample, TownVisitor, untilAct, untilTask, type FiledCase, type FoundAct } from './journey.ts'
import { freeFirstPort } from './ports.ts'
import { startAll, type Running } from './startAll.ts'

const root = resolve(import.meta.dirname, '..', '..')
const { values } = parseArgs({ options: { keep: { type: 'string' }, count: { type: 'string', default: '1' } } })
const asked = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort())

const folder = await mkdtemp(join(tmpdir(), 'salter-smoke-'))
let running: Running | undefined
try {
  running = await startAll({
    root,
    dataDir: join(folder, 'data'),
    port: await freeFirstPort(),
    // The one JSON line stands alone on standard output.
    tell: (sentence) => void process.stderr.write(`${sentence}\n`),
    // A throwaway copy uses nothing of a town's own.
    environment: {},
    signal: asked.signal,
  })
  const figures = await drive(running, Number(values.count))
  process.stdout.write(`${JSON.stringify({ ready_s: seconds(running.readyAfterMs.all), ...figures })}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
} finally {
  await running?.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit()

async function drive({ publicUrl, mailsUrl }: Running, count: number): Promise<{ filed_to_task_s: number; completed_to_act_s: number }> {
  const example = await readExample(root, 'register-extract', 'good')
  const [step] = example.steps
  if (!example.applicant || !step?.by || !step.answers) {
    throw new Error(
      'Expected the good example of register-extract to name its applicant and one step with its clerk',
    )
  }
  const citizen = new TownVisitor(publicUrl, example.tenant)
  const clerk = new TownVisitor(publicUrl, example.tenant)
  await citizen.signIn(example.applicant, demoPassword, 'citizen')
  await clerk.signIn(step.by, demoPassword, 'staff')

  const toTask: number[] = []
  const toAct: number[] = []
  for (let round = 0; round < count; round++) {
    const filing = await fileCase(citizen, 'register-extract', example)
    const filedMs = Date.now()
    const taskId = await untilTask(clerk, filing)
    toTask.push(Date.now() - filedMs)
    await completeTask(clerk, taskId, step.answers)
    const completedMs = Date.now()
    const act = await untilAct(citizen, filing)
    toAct.push(Date.now() - completedMs)
    if (round === 0) await checkWhole(publicUrl, example.tenant, mailsUrl, filing, act)
  }
  return { filed_to_task_s: seconds(median(toTask)), completed_to_act_s: seconds(median(toAct)) }
}

/** The act is a PDF, is told genuine, number and code show that it is there and do not open it, and the mails about it were sent. */
async function checkWhole(
  publicUrl: string, tenant: string, mailsUrl: string | undefined, filing: FiledCase, act: FoundAct,
): Promise<void> {
  expect(act.bytes.subarray(0, 5).toString() === '%PDF-', 'the act to be a PDF')
  const passerBy = new TownVisitor(publicUrl, tenant)
  const { genuine } = await passerBy.get<{ genuine: boolean }>(`/verify/${act.verifyCode}`)
  expect(genuine, 'the act to be told genuine')
  await passerBy.send('POST', '/status', { number: filing.number, code: filing.code })
  const { documents } = await passerBy.get<{ documents: { id: string }[] }>(`/cases/${filing.caseId}`)
  expect(documents.some(({ id }) => id === act.id), 'number and code to show that the act is there')
  const refusal = await passerBy.bytes(`/cases/${filing.caseId}/documents/${act.id}`).then(() => '', String)
  expect(refusal.includes('level-too-low'), 'an extract to be read by whoever has signed in, and by nobody with its code alone')
  const mails = await untilMails(mailsUrl, filing.number)
  expect(mails >= 2, `a receipt and a notice by e-mail, but found ${mails}`)
  if (!values.keep) return
  const keep = resolve(process.env.INIT_CWD ?? '.', values.keep)
  await mkdir(keep, { recursive: true })
  await writeFile(join(keep, 'act.pdf'), act.bytes)
  const { number, code } = filing
  await writeFile(join(keep, 'case.json'), `${JSON.stringify({ number, code, verifyCode: act.verifyCode }, null, 2)}\n`)
}

async function untilMails(mailsUrl: string | undefined, number: string): Promise<number> {
  let found = 0
  for (let tries = 0; tries < 100 && found < 2; tries++) {
    const mails = (await (await fetch(`${mailsUrl}/mails.json`)).json()) as { subject: string; text: string }[]
    found = mails.filter(({ subject, text }) => `${subject}\n${text}`.includes(number)).length
    if (found < 2) await new Promise((wait) => setTimeout(wait, 100))
  }
  return found
}

function expect(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`Expected ${what}`)
}

function median(figures: number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000
}
