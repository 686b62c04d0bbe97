import { z } from 'zod'
import {
  CasePage, Deadline, FileCase, MyCases, OpenByCode, OpenedByCode, Receipt, ShowNumber, ShownNumber, Verification,
} from './contract/cases.ts'
import { FileAtCounter } from './contract/counter.ts'
import { AskFee, Catalogue, ForetoldFee, ProcedurePage, StartForm } from './contract/catalogue.ts'
import { Draft, HandedOver, SaveDraft, TakeOver, UploadedFile } from './contract/drafts.ts'
import {
  AcceptOffer, AskMandate, ConfirmMandate, Mandate, Mandates, OfferMandate, RecordedMandate, RecordMandate, RefuseMandate, RevokeMandate,
} from './contract/mandates.ts'
import { CompletedTask, CompleteTask, SavedTaskDraft, SaveTaskDraft, TaskList, TaskPage, TaskRow } from './contract/tasks.ts'
import { AuditCheck, DiscardStalled, OperationPage, ResolveIncident, RetryJob, SendAgain } from './contract/operation.ts'
import {
  ActivateAccount, ActivatedAccount, ActivationLink, CancelRegistration, CheckCitizen, CheckedCitizen, ConfirmedIdentity, ConfirmIdentity,
  ConsentWording, DeclineAccount, LookAtLink, RegisterCitizen, Registration, RegistrationSlip, ResendActivation,
} from './contract/registration.ts'
import { RecordProof } from './contract/payments.ts'
import { RightsPage } from './contract/rights.ts'
import {
  AddNote, FoundPeople, LikelyDoubles, MergedPeople, MergePage, MergePeople, MyMerges, PersonPage, UndoMerge, UndoneMerge,
} from './contract/people.ts'
import { SignIns } from './contract/signIns.ts'
import { AnswerSupplement, ExtendTerm, RequestSupplement, SuspendTerm } from './contract/terms.ts'
import { ChooseNotices, Me, Town, Towns } from './contract/town.ts'
import { Training } from './contract/towns.ts'
import { ErrorReply } from './contract/words.ts'
import type { Routes } from './web.ts'

interface Described {
  summary: string
  query?: readonly string[]
  sent?: z.ZodType
  /** A schema, or the media type of a file. */
  answer?: z.ZodType | string
}

/** Method and path → what it does. The order is that of the rooms. */
const addresses: Readonly<Record<string, Described>> = {
  'get /api/towns': { summary: 'The towns served here', answer: Towns },
  'get /api/{tenant}/town': { summary: 'What every page begins with', query: ['language'], answer: Town },
  'get /api/{tenant}/me': { summary: 'Who is asking, and the token for changes', query: ['language'], answer: Me },
  'put /api/{tenant}/me/notices': { summary: 'By which way I am told of news', sent: ChooseNotices },
  'get /api/{tenant}/me/sign-ins': { summary: 'Where I am signed in', answer: SignIns },
  'delete /api/{tenant}/me/sign-ins/{id}': { summary: 'Ends one of my logins' },
  'get /api/{tenant}/me/merges': { summary: 'When my data were joined or parted', answer: MyMerges },
  'get /api/{tenant}/catalogue': { summary: 'What the town offers', query: ['language', 'q'], answer: Catalogue },
  'get /api/{tenant}/procedures/{procedure}': { summary: 'A procedure’s page', query: ['language'], answer: ProcedurePage },
  'get /api/{tenant}/procedures/{procedure}/form': { summary: 'The form it begins with', query: ['language'], answer: StartForm },
  'post /api/{tenant}/procedures/{procedure}/fee': { summary: 'What these answers cost', sent: AskFee, answer: ForetoldFee },
  'get /api/{tenant}/drafts': { summary: 'My newest draft of a procedure', query: ['procedure'], answer: Draft },
  'get /api/{tenant}/drafts/{draftId}': { summary: 'A draft of mine', answer: Draft },
  'put /api/{tenant}/drafts/{draftId}': { summary: 'Keeps a draft', sent: SaveDraft, answer: Draft },
  'delete /api/{tenant}/drafts/{draftId}': { summary: 'Throws a draft away' },
  'post /api/{tenant}/drafts/{draftId}/files': {
    summary: 'Adds one file (multipart, part "file")',
    query: ['field'],
    answer: UploadedFile,
  },
  'delete /api/{tenant}/drafts/{draftId}/files/{fileId}': { summary: 'Takes a file out' },
  'post /api/{tenant}/drafts/{draftId}/hand-over': { summary: 'Gives a draft to another by a link', answer: HandedOver },
  'post /api/{tenant}/drafts/{draftId}/take-over': { summary: 'Takes it over', sent: TakeOver, answer: Draft },
  'post /api/{tenant}/cases': { summary: 'Files a request', sent: FileCase, answer: Receipt },
  'get /api/{tenant}/cases': { summary: 'My requests and drafts', query: ['language'], answer: MyCases },
  'get /api/{tenant}/cases/{caseId}': { summary: 'One request', query: ['language'], answer: CasePage },
  'get /api/{tenant}/cases/{caseId}/receipt.pdf': { summary: 'Its receipt', answer: 'application/pdf' },
  'post /api/{tenant}/cases/{caseId}/supplement': { summary: 'Sends what was asked for', sent: AnswerSupplement },
  'post /api/{tenant}/cases/{caseId}/supplement/files': {
    summary: 'Adds one file to it (multipart, part "file")', answer: UploadedFile,
  },
  'delete /api/{tenant}/cases/{caseId}/supplement/files/{fileId}': { summary: 'Takes the file out again' },
  'get /api/{tenant}/cases/{caseId}/documents/{documentId}': { summary: 'One of its papers', answer: 'application/octet-stream' },
  'get /api/{tenant}/mandates': { summary: 'For whom I may act, and who for me', query: ['language'], answer: Mandates },
  'post /api/{tenant}/mandates': { summary: 'Asks to act for another', sent: AskMandate, answer: Mandate },
  'post /api/{tenant}/mandates/offers': { summary: 'Lets another act for me', sent: OfferMandate, answer: Mandate },
  'post /api/{tenant}/mandates/{mandateId}/proof': { summary: 'Adds a paper that proves it (multipart, part "file")' },
  'get /api/{tenant}/mandates/{mandateId}/documents/{documentId}': { summary: 'One of its papers', answer: 'application/octet-stream' },
  'post /api/{tenant}/mandates/{mandateId}/offer': { summary: 'What an invitation offers', query: ['language'], sent: AcceptOffer, answer: Mandate },
  'post /api/{tenant}/mandates/{mandateId}/accept': { summary: 'Takes an offer', sent: AcceptOffer, answer: Mandate },
  'post /api/{tenant}/mandates/{mandateId}/revoke': { summary: 'Ends it at once', sent: RevokeMandate, answer: Mandate },
  'post /api/{tenant}/status': { summary: 'Opens one request by number and code', sent: OpenByCode, answer: OpenedByCode },
  'get /api/{tenant}/registration': { summary: 'The consent that is read out', query: ['language'], answer: ConsentWording },
  'post /api/{tenant}/activation/look': { summary: 'What a link of the mail is for', sent: LookAtLink, answer: ActivationLink },
  'post /api/{tenant}/activation': { summary: 'Opens the account with link and code', sent: ActivateAccount, answer: ActivatedAccount },
  'post /api/{tenant}/activation/again': { summary: 'Another link, to the same address', sent: LookAtLink },
  'post /api/{tenant}/activation/decline': { summary: 'No account is wanted', sent: DeclineAccount },
  'get /api/{tenant}/verify/{code}': { summary: 'Whether an act is genuine', query: ['language'], answer: Verification },
  'post /api/{tenant}/counter/cases': { summary: 'Files a request for whoever is at the counter', sent: FileAtCounter, answer: Receipt },
  'get /api/{tenant}/inbox/tasks': { summary: 'A list of the inbox', query: ['list', 'q', 'after', 'limit', 'language'], answer: TaskList },
  'get /api/{tenant}/inbox/tasks/{taskId}': { summary: 'A task with its case', query: ['language'], answer: TaskPage },
  'post /api/{tenant}/inbox/tasks/{taskId}/claim': { summary: 'Takes a task', query: ['language'], answer: TaskRow },
  'post /api/{tenant}/inbox/tasks/{taskId}/release': { summary: 'Gives a task back', query: ['language'], answer: TaskRow },
  'put /api/{tenant}/inbox/tasks/{taskId}/draft': { summary: 'Keeps its form half-way', sent: SaveTaskDraft, answer: SavedTaskDraft },
  'post /api/{tenant}/inbox/tasks/{taskId}/complete': { summary: 'Completes it', sent: CompleteTask, answer: CompletedTask },
  'post /api/{tenant}/inbox/tasks/{taskId}/term/suspend': { summary: 'Stops the clock of the case', sent: SuspendTerm, answer: Deadline },
  'post /api/{tenant}/inbox/tasks/{taskId}/term/resume': { summary: 'Lets it run again', answer: Deadline },
  'post /api/{tenant}/inbox/tasks/{taskId}/term/extend': { summary: 'Makes the term longer, once', sent: ExtendTerm, answer: Deadline },
  'post /api/{tenant}/inbox/tasks/{taskId}/supplement': { summary: 'Asks the citizen for what is missing', sent: RequestSupplement },
  'post /api/{tenant}/inbox/cases/{caseId}/number': { summary: 'Shows a personal number', sent: ShowNumber, answer: ShownNumber },
  'get /api/{tenant}/inbox/people': { summary: 'Finds people and companies', query: ['q'], answer: FoundPeople },
  'get /api/{tenant}/inbox/people/doubles': { summary: 'Rows that may be one person', query: ['after'], answer: LikelyDoubles },
  'get /api/{tenant}/inbox/people/{personId}': { summary: 'All that a person has with the town', query: ['language'], answer: PersonPage },
  'post /api/{tenant}/inbox/people/{personId}/notes': { summary: 'Writes a note', sent: AddNote },
  'get /api/{tenant}/inbox/people/{personId}/merge/{otherId}': { summary: 'Two rows side by side', answer: MergePage },
  'post /api/{tenant}/inbox/people/{personId}/merge': { summary: 'Makes one person of two rows', sent: MergePeople, answer: MergedPeople },
  'post /api/{tenant}/inbox/people/merges/{mergeId}/undo': { summary: 'Parts them again', sent: UndoMerge, answer: UndoneMerge },
  'get /api/{tenant}/inbox/mandates': { summary: 'Mandates to confirm, or all', query: ['list', 'q', 'language'], answer: Mandates },
  'post /api/{tenant}/inbox/mandates': { summary: 'Enters a mandate seen at the counter', sent: RecordMandate, answer: RecordedMandate },
  'post /api/{tenant}/inbox/mandates/{mandateId}/confirm': { summary: 'Confirms one', sent: ConfirmMandate, answer: Mandate },
  'post /api/{tenant}/inbox/mandates/{mandateId}/refuse': { summary: 'Refuses one', sent: RefuseMandate, answer: Mandate },
  'post /api/{tenant}/inbox/cases/{caseId}/payments': { summary: 'Notes a slip', sent: RecordProof },
  'get /api/{tenant}/inbox/operation': { summary: 'What stands still, for administrators', query: ['language'], answer: OperationPage },
  'post /api/{tenant}/inbox/operation/incidents/{key}/resolve': { summary: 'Lets a failed step try again', sent: ResolveIncident },
  'post /api/{tenant}/inbox/operation/jobs/{key}/retry': { summary: 'Gives a failing job its tries again', sent: RetryJob },
  'post /api/{tenant}/inbox/operation/stalled/{id}/send-again': { summary: 'Sends what was stalled', sent: SendAgain },
  'post /api/{tenant}/inbox/operation/stalled/{id}/discard': { summary: 'Gives it up', sent: DiscardStalled },
  'get /api/{tenant}/inbox/operation/audit': { summary: 'Whether the audit is whole', answer: AuditCheck },
  'get /api/{tenant}/inbox/town/training': { summary: 'How full the copy for practice is, and how to sign in there', answer: Training },
  'post /api/{tenant}/inbox/town/training/fill': { summary: 'Empties the copy and fills it anew', answer: Training },
  'get /api/{tenant}/inbox/rights': { summary: 'Who may do what', answer: RightsPage },
  'post /api/{tenant}/counter/registrations/check': { summary: 'Who is at the counter', sent: CheckCitizen, answer: CheckedCitizen },
  'post /api/{tenant}/counter/registrations': { summary: 'Registers a citizen', sent: RegisterCitizen, answer: RegistrationSlip },
  'get /api/{tenant}/counter/registrations/{caseId}': { summary: 'Where a registration stands', answer: Registration },
  'get /api/{tenant}/counter/registrations/{caseId}/slip': { summary: 'Its slip, once more', answer: RegistrationSlip },
  'post /api/{tenant}/counter/registrations/{caseId}/resend': { summary: 'Another link', sent: ResendActivation, answer: Registration },
  'post /api/{tenant}/counter/registrations/{caseId}/cancel': { summary: 'Gives it up', sent: CancelRegistration, answer: Registration },
  'post /api/{tenant}/counter/people/{personId}/confirm': {
    summary: 'A person was seen with the document', sent: ConfirmIdentity, answer: ConfirmedIdentity,
  },
  'get /api/{tenant}/inbox/rights/mine': { summary: 'What the reader may do', answer: RightsPage },
  'get /api/{tenant}/inbox/events': { summary: 'What changes (server-sent events)', answer: 'text/event-stream' },
}

/** The contract as OpenAPI 3.1, made from the schemas the routes check with. */
export function addOpenApi(router: Routes): void {
  let document: object | undefined
  router.get('/api/openapi.json', (ctx) => {
    document ??= describe()
    ctx.body = document
  })
}

function describe(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [address, described] of Object.entries(addresses)) {
    const [method, path] = address.split(' ') as [string, string]
    paths[path] = { ...paths[path], [method]: operation(method, path, described) }
  }
  return { openapi: '3.1.0', info: { title: 'Šalter', version: '1' }, paths }
}

function operation(method: string, path: string, { summary, query = [], sent, answer }: Described): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const inQuery = query.map((name) => ({ name, in: 'query', schema: { type: 'string' } }))
  const token = method === 'get' ? [] : [{ name: 'x-salter-token', in: 'header', required: true, schema: { type: 'string' } }]
  return {
    summary,
    parameters: [...inPath, ...inQuery, ...token],
    ...(sent && { requestBody: { required: true, content: json(sent, 'input') } }),
    responses: {
      [answer ? '200' : '204']: {
        description: summary,
        ...(answer && { content: typeof answer === 'string' ? { [answer]: {} } : json(answer, 'output') }),
      },
      default: { description: 'Refused, or a neighbor is down', content: json(ErrorReply, 'output') },
    },
  }
}

function json(schema: z.ZodType, io: 'input' | 'output'): object {
  return { 'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) } }
}
