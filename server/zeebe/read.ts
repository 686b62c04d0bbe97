/**
 * What can be read of the engine over HTTP, in the form of Camunda's orchestration cluster REST API (8.8 and later). gRPC tells
 * none of it, and an older cluster has no such API: then every question is answered by `not-offered`, and a page says so.
 */
import { z } from 'zod'
import { Outage, Refusal } from '../base/errors.ts'

export type NotOffered = 'not-offered'

export interface ReaderAddress {
  /** `http://127.0.0.1:26501`, without a slash at the end. */
  readonly url: string
  /** A bearer token, asked for at each request. */
  readonly token?: () => string | Promise<string>
}

/** Where an instance stands in its diagram, and where it has been. */
export interface DiagramPosition {
  readonly processDefinitionKey: string
  readonly processId: string
  readonly version: number
  readonly state: 'active' | 'completed' | 'terminated'
  /** Ids in the diagram; one that is active again after it was left is in both lists. */
  readonly activeElementIds: readonly string[]
  readonly leftElementIds: readonly string[]
  readonly incidentElementIds: readonly string[]
}

export interface Incident {
  readonly key: string
  /** `JOB_NO_RETRIES` and so on. */
  readonly type: string
  readonly message: string
  readonly createdAtMs: number
  readonly processId: string
  readonly processInstanceKey: string
  readonly elementId: string
  readonly elementInstanceKey: string
  /** Of the job that has no retries left; its retries are set before the incident is resolved. */
  readonly jobKey: string | null
}

export interface FailedJob {
  readonly key: string
  readonly type: string
  readonly state: 'failed' | 'error-thrown'
  readonly retries: number
  readonly message: string
  readonly createdAtMs: number | null
  readonly processId: string
  readonly processInstanceKey: string
  readonly elementId: string | null
}

export interface Wanted {
  /** What the process ids begin with: `sombor--`. */
  readonly processIdPrefix: string
  readonly limit?: number
  /** The cursor that came with the stretch before. */
  readonly after?: string
}

/** Part of a list, oldest first. */
export interface Listed<Item> {
  readonly items: readonly Item[]
  /** How many there are in all; at least so many, if `isMore`. */
  readonly total: number
  readonly isMore: boolean
  /** For the next stretch; null at the end. */
  readonly next: string | null
}

export interface EngineReader {
  /** Undefined for an instance the engine does not know, or not any more. */
  diagramPosition(processInstanceKey: string): Promise<DiagramPosition | undefined | NotOffered>
  incidents(wanted: Wanted): Promise<Listed<Incident> | NotOffered>
  /** Undefined for one that is not open, or not any more. */
  incident(key: string): Promise<Incident | undefined | NotOffered>
  failedJobs(wanted: Wanted): Promise<Listed<FailedJob> | NotOffered>
  failedJob(key: string): Promise<FailedJob | undefined | NotOffered>
  /** The value of a variable of the process itself; undefined where there is none. */
  variable(processInstanceKey: string, name: string): Promise<unknown>
}

const GIVE_UP_MS = 8000
const PAGE = 100
/** Steps of one instance that are asked for at a time, and in how many times. */
const STEPS = { limit: 1000, pages: 20 }

/** Where the embedded engine answers: beside its gRPC. */
export function restAddressBeside(zeebeAddress: string): string {
  const [host, port] = zeebeAddress.split(':')
  return `http://${host}:${Number(port) + 1}`
}

/** Throws Refusal where the engine does not let us in or does not understand, and Outage where it does not answer in time. */
export function zeebeReader(address: ReaderAddress): EngineReader {
  const search = async <Item>(resource: string, item: z.ZodType<Item>, request: object): Promise<Page<Item> | NotOffered> => {
    const sent = await post(address, `/v2/${resource}/search`, request)
    return sent === 'not-offered' ? sent : pageOf(item).parse(sent)
  }

  return {
    async diagramPosition(processInstanceKey) {
      const instances = await search('process-instances', InstanceItem, { filter: { processInstanceKey } })
      if (instances === 'not-offered') return instances
      const [instance] = instances.items
      if (!instance) return undefined
      const steps = await allSteps(search, processInstanceKey)
      if (steps === 'not-offered') return steps
      const idsWhere = (is: (step: z.infer<typeof StepItem>) => boolean): string[] =>
        [...new Set(steps.filter((step) => step.type !== 'PROCESS' && is(step)).map(({ elementId }) => elementId))]
      return {
        processDefinitionKey: instance.processDefinitionKey, processId: instance.processDefinitionId,
        version: instance.processDefinitionVersion, state: instanceStates[instance.state],
        activeElementIds: idsWhere(({ state }) => state === 'ACTIVE'),
        leftElementIds: idsWhere(({ state }) => state !== 'ACTIVE'),
        incidentElementIds: idsWhere(({ state, hasIncident }) => state === 'ACTIVE' && hasIncident),
      }
    },

    async incidents(wanted) {
      const filter = { state: 'ACTIVE', processDefinitionId: beginning(wanted.processIdPrefix) }
      const found = await search('incidents', IncidentItem, { filter, sort: [{ field: 'incidentKey' }], page: pageFor(wanted) })
      return found === 'not-offered' ? found : toListed(found, wanted, toIncident)
    },

    async incident(incidentKey) {
      const found = await search('incidents', IncidentItem, { filter: { state: 'ACTIVE', incidentKey } })
      return found === 'not-offered' ? found : found.items.map(toIncident)[0]
    },

    async failedJobs(wanted) {
      const filter = { state: { $in: ['FAILED', 'ERROR_THROWN'] }, processDefinitionId: beginning(wanted.processIdPrefix) }
      const found = await search('jobs', JobItem, { filter, sort: [{ field: 'jobKey' }], page: pageFor(wanted) })
      return found === 'not-offered' ? found : toListed(found, wanted, toFailedJob)
    },

    async failedJob(jobKey) {
      const found = await search('jobs', JobItem, { filter: { state: { $in: ['FAILED', 'ERROR_THROWN'] }, jobKey } })
      return found === 'not-offered' ? found : found.items.map(toFailedJob)[0]
    },

    async variable(processInstanceKey, name) {
      const found = await search('variables', VariableItem, { filter: { processInstanceKey, scopeKey: processInstanceKey, name } })
      const [item] = found === 'not-offered' ? [] : found.items
      return item && !item.isTruncated ? (JSON.parse(item.value) as unknown) : undefined
    },
  }
}

type Search = <Item>(resource: string, item: z.ZodType<Item>, request: object) => Promise<Page<Item> | NotOffered>

async function allSteps(search: Search, processInstanceKey: string): Promise<z.infer<typeof StepItem>[] | NotOffered> {
  const steps: z.infer<typeof StepItem>[] = []
  let after: string | null = null
  for (let page = 0; page < STEPS.pages; page++) {
    const found: Page<z.infer<typeof StepItem>> | NotOffered = await search('element-instances', StepItem, {
      filter: { processInstanceKey }, sort: [{ field: 'elementInstanceKey' }], page: { limit: STEPS.limit, ...(after ? { after } : {}) },
    })
    if (found === 'not-offered') return found
    steps.push(...found.items)
    after = found.page.endCursor ?? null
    if (!after || found.items.length < STEPS.limit) break
  }
  return steps
}

// ---------------------------------------------------------------- what the API says

const InstanceItem = z.object({
  processDefinitionKey: z.string(),
  processDefinitionId: z.string(),
  processDefinitionVersion: z.number(),
  state: z.enum(['ACTIVE', 'COMPLETED', 'TERMINATED']),
})

const instanceStates = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' } as const

const StepItem = z.object({ elementId: z.string(), type: z.string(), state: z.string(), hasIncident: z.boolean() })

const IncidentItem = z.object({
  incidentKey: z.string(),
  errorType: z.string(),
  errorMessage: z.string(),
  creationTime: z.string(),
  processDefinitionId: z.string(),
  processInstanceKey: z.string(),
  elementId: z.string(),
  elementInstanceKey: z.string(),
  jobKey: z.string().nullish(),
})

function toIncident(item: z.infer<typeof IncidentItem>): Incident {
  const { incidentKey, errorType, errorMessage, creationTime, processDefinitionId } = item
  const { processInstanceKey, elementId, elementInstanceKey, jobKey } = item
  return {
    key: incidentKey, type: errorType, message: errorMessage, createdAtMs: Date.parse(creationTime), processId: processDefinitionId,
    processInstanceKey, elementId, elementInstanceKey, jobKey: jobKey ?? null,
  }
}

const JobItem = z.object({
  jobKey: z.string(),
  type: z.string(),
  state: z.enum(['FAILED', 'ERROR_THROWN']),
  retries: z.number(),
  errorMessage: z.string().nullish(),
  // Missing before 8.9.
  creationTime: z.string().nullish(),
  processDefinitionId: z.string(),
  processInstanceKey: z.string(),
  elementId: z.string().nullish(),
})

function toFailedJob(item: z.infer<typeof JobItem>): FailedJob {
  const { jobKey, type, state, retries, errorMessage, creationTime, processDefinitionId, processInstanceKey, elementId } = item
  return {
    key: jobKey, type, state: state === 'FAILED' ? 'failed' : 'error-thrown', retries, message: errorMessage ?? '',
    createdAtMs: creationTime ? Date.parse(creationTime) : null, processId: processDefinitionId, processInstanceKey,
    elementId: elementId ?? null,
  }
}

const VariableItem = z.object({ value: z.string(), isTruncated: z.boolean().default(false) })

interface Page<Item> {
  readonly items: readonly Item[]
  readonly page: { readonly totalItems: number; readonly hasMoreTotalItems?: boolean; readonly endCursor?: string | null }
}

function pageOf<Item>(item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z.object({
    items: z.array(item),
    page: z.object({ totalItems: z.number(), hasMoreTotalItems: z.boolean().optional(), endCursor: z.string().nullish() }),
  })
}

function toListed<Item, Ours>({ items, page }: Page<Item>, { limit = PAGE }: Wanted, toOurs: (item: Item) => Ours): Listed<Ours> {
  const next = items.length < limit ? null : (page.endCursor ?? null)
  return { items: items.map(toOurs), total: page.totalItems, isMore: page.hasMoreTotalItems ?? false, next }
}

function pageFor({ limit = PAGE, after }: Wanted): object {
  return after === undefined ? { limit } : { limit, after }
}

function beginning(prefix: string): object {
  return { $like: `${prefix.replace(/[\\*?]/g, '\\$&')}*` }
}

// ---------------------------------------------------------------- over HTTP

async function post({ url, token }: ReaderAddress, path: string, request: object): Promise<unknown> {
  const reply = await reach(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${await token()}` } : {}) },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(GIVE_UP_MS),
  })
  // Whatever else listens there answers something else, or knows no such address.
  if (reply === undefined || reply.status === 404 || reply.status === 405 || !isJson(reply)) return 'not-offered' satisfies NotOffered
  const body: unknown = await reply.json()
  if (reply.ok) return body
  const { detail } = z.object({ detail: z.string().default('') }).catch({ detail: '' }).parse(body)
  if (reply.status === 401 || reply.status === 403) throw new Refusal('not-allowed', 'engine-does-not-know-us', {}, detail)
  if (reply.status < 500) throw new Refusal('invalid', 'engine-refuses', {}, detail)
  throw new Outage('zeebe', new Error(`${reply.status} ${detail}`))
}

/** Undefined where nobody answers in HTTP. */
async function reach(url: string, request: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, request)
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw new Outage('zeebe', error)
    if (error instanceof TypeError) return undefined // nobody listens, or speaks another protocol
    throw error
  }
}

function isJson(reply: Response): boolean {
  return /^application\/([\w.]+\+)?json\b/.test(reply.headers.get('content-type') ?? '')
}
