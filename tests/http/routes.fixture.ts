import { v7 as uuidv7 } from 'uuid'
import { attachFile } from '../../server/cases/attachFile.ts'
import { askMandate, type MandateAsked } from '../../server/cases/mandates/askMandate.ts'
import { attachProof } from '../../server/cases/mandates/proof.ts'
import { makeAct } from '../../server/cases/letters/makeAct.ts'
import { mergePeople } from '../../server/cases/people/mergePeople.ts'
import { openCase, type Filing } from '../../server/cases/openCase.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { anonymous, systemActor, type Actor } from '../../server/identity/actor.ts'
import { caseWithTask, petition } from '../support/filing.ts'
import { person } from '../support/people.ts'
import { visitor, type TestTown } from '../support/town.ts'

/** What the addresses of `routes.table.ts` name, made for one request. Keys are the names in the paths. */
export interface Fixture {
  caseId: string
  number: string
  accessCode: string
  taskId: string
  documentId: string
  draftId: string
  newDraftId: string
  fileId: string
  mandateId: string
  proofId: string
  code: string
  procedure: string
  incident: string
  job: string
  stalled: string
  personId: string
  otherId: string
  mergeId: string
}

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
const paper = { field: 'proof', fileName: 'proof.pdf', declaredType: 'application/pdf', bytes: pdf }
let lastKey = 4_503_599_627_370_496n

/** One of everything, the citizen's own where it has an owner. */
export async function makeFixture(town: TestTown, citizen: Actor, filing: () => Filing, holder?: string): Promise<Fixture> {
  const context = town.contextFor(citizen)
  const filed = filing()
  const empty = { procedure: filed.procedure, answers: {}, applicant: {}, page: 0 }
  await saveDraft(context, filed.draftId, empty)
  const { id: documentId } = await attachFile(context, filed.draftId, paper)
  const { case: case_, task, accessCode } = await caseWithTask(town, context, filed)
  if (holder) await context.db.transaction((trx) => trx('tasks').where({ id: task.id }).update({ holder, holder_name: 'Неко' }))
  const draftId = uuidv7()
  await saveDraft(context, draftId, empty)
  const { id: fileId } = await attachFile(context, draftId, paper)
  const { id: mandateId } = await askMandate(context, claim[town.tenant.country]!)
  const { id: proofId } = await attachProof(context, mandateId, paper)
  return {
    mandateId, proofId, caseId: case_.id, number: case_.number, accessCode, taskId: task.id, documentId, draftId, newDraftId: uuidv7(), fileId,
    code: 'ZZZZZZZZZZZZ', procedure: 'petition', ...addTroubles(town), stalled: await addStalled(town), ...(await addPeople(town)),
  }
}

const terms = { kind: 'guardian', procedures: null, deeds: ['file'], validFrom: '', validTo: '', note: '' } as const
/** Whom the citizen says they act for, with a number that is one in the country. */
const claim: Readonly<Record<string, MandateAsked>> = {
  rs: { ...terms, deeds: ['file'], whom: { kind: 'person', givenName: 'Марко', familyName: 'Илић', number: '1503985810120' } },
  bg: { ...terms, deeds: ['file'], whom: { kind: 'person', givenName: 'Иван', familyName: 'Иванов', number: '7523169263' } },
}

/** The code of an act of the town. Takes a while, so it is made once. */
export async function makeCode({ contextFor }: TestTown): Promise<{ code: string }> {
  const { case: case_ } = await openCase(contextFor(visitor()), petition())
  const act = await makeAct(contextFor(systemActor('make-act')), { caseId: case_.id, letter: 'forwarding', jobKey: uuidv7() })
  return { code: act.verifyCode! }
}

/** A step that stopped and a job that keeps failing, as the engine would show them. */
function addTroubles({ tenant, engine, clock }: TestTown): { incident: string; job: string } {
  const [incident, job] = [String(++lastKey), String(++lastKey)]
  const at = { message: 'printer on fire', processId: `${tenant.id}--petition`, instanceKey: '1', elementId: 'triage', caseId: null }
  engine.shown!.incidents.push({
    ...at, key: incident, kind: 'CONDITION_ERROR', elementInstanceKey: '2', jobKey: null, since: new Date(clock.now()),
  })
  engine.shown!.failedJobs.push({ ...at, key: job, type: 'deliver-act', triesLeft: 2 })
  engine.livingJobs.add(job)
  return { incident, job }
}

async function addStalled({ contextFor, tenant, clock }: TestTown): Promise<string> {
  const id = uuidv7()
  const at = new Date(clock.now())
  const payload = { name: 'start', correlationKey: uuidv7(), messageId: uuidv7(), timeToLiveMs: 1, variables: {} }
  await contextFor(systemActor('test')).db.transaction((trx) => trx('outbox').insert({
    tenant_id: tenant.id, id, kind: 'publish-message', payload: JSON.stringify(payload), created_at: at, next_at: at, stalled_at: at,
  }))
  return id
}

/** Two rows that may be made one, and the merge of two others that may be undone. */
async function addPeople(town: TestTown): Promise<{ personId: string; otherId: string; mergeId: string }> {
  const [personId, otherId, kept, merged] = [await person(town), await person(town), await person(town), await person(town)]
  const supervisor: Actor = { ...anonymous, kind: 'staff', id: 'supervisor', roles: ['supervisor'] }
  const mergeId = await mergePeople(town.contextFor(supervisor), kept, { otherId: merged, take: [], reason: 'Иста особа' })
  return { personId, otherId, mergeId }
}

/** Ids of the right form that nobody has ever given to anything. */
export function unknownIds(): Fixture {
  const key = (): string => String(++lastKey)
  return {
    caseId: uuidv7(), number: 'IV-201-9/1999', accessCode: '0123456789', taskId: uuidv7(), documentId: uuidv7(), draftId: uuidv7(),
    newDraftId: uuidv7(), fileId: uuidv7(), code: 'ZZZZZZZZZZZZ', procedure: 'petition', incident: key(), job: key(), stalled: uuidv7(),
    personId: uuidv7(), otherId: uuidv7(), mergeId: uuidv7(), mandateId: uuidv7(), proofId: uuidv7(),
  }
}
