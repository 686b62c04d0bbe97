/** One request from filing to act over HTTP, as the pages do it: for the smoke run, for the pictures, and to measure. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { Visitor } from './visitor.ts'

type Json = Record<string, unknown>

/** An example of a procedure (processes/<procedure>/examples), as far as a journey needs it. */
export interface Example {
  tenant: string
  language: string
  applicant?: string
  answers: Json
  steps: { complete?: string; by?: string; answers?: Json }[]
}

/** Reads an example that ships with a procedure. */
export async function readExample(root: string, procedure: string, name: string): Promise<Example> {
  return JSON.parse(await readFile(join(root, 'processes', procedure, 'examples', `${name}.json`), 'utf8')) as Example
}

/** Someone in one town: a browser that is signed in there, or not. */
export class TownVisitor {
  readonly visitor = new Visitor()
  #token = ''

  constructor(
    readonly publicUrl: string,
    readonly tenant: string,
  ) {}

  /** Signs in through Keycloak's own form. */
  async signIn(username: string, password: string, as: 'citizen' | 'staff'): Promise<void> {
    const page = `${this.publicUrl}/${this.tenant}/sign-in?${new URLSearchParams({ as, return: `/${this.tenant}/` })}`
    await this.visitor.signIn(page, username, password)
    const me = await this.get<{ signedIn: boolean; formToken: string }>('/me')
    if (!me.signedIn) {
      throw new Error(
        `Expected ${username} to be signed in at ${this.tenant} after Keycloak's login, but the server knows nobody`,
      )
    }
    this.#token = me.formToken
  }

  async get<Reply>(path: string): Promise<Reply> {
    return (await this.#ask('GET', path)).json() as Promise<Reply>
  }

  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask('GET', path)).arrayBuffer())
  }

  async send<Reply>(method: 'POST' | 'PUT', path: string, body?: Json): Promise<Reply> {
    if (!this.#token) this.#token = (await this.get<{ formToken: string }>('/me')).formToken
    const reply = await this.#ask(method, path, body)
    const text = await reply.text()
    return (text ? JSON.parse(text) : undefined) as Reply
  }

  async #ask(method: string, path: string, body?: Json): Promise<Response> {
    const address = new URL(`${this.publicUrl}/api/${this.tenant}${path}`)
    // Texts are asked for in a language; a journey reads none of them.
    if (method === 'GET') address.searchParams.set('language', 'en')
    const reply = await this.visitor.fetch(address.href, {
      method,
      headers: { 'x-salter-token': this.#token, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    })
    if (!reply.ok) {
      throw new Error(
        `Expected ${method} ${path} to be taken, but the answer was ${reply.status}: ${(await reply.text()).slice(0, 500)}`,
      )
    }
    return reply
  }
}

export interface FiledCase {
  caseId: string
  number: string
  code: string
}

/** Saves a draft and files it, as the portal does. */
export async function fileCase(
  citizen: TownVisitor, procedure: string, { language, answers }: Pick<Example, 'language' | 'answers'>, applicant: Json = {},
): Promise<FiledCase> {
  const draft = await leaveDraft(citizen, procedure, { answers }, applicant)
  return citizen.send('POST', '/cases', { procedure, clientKey: uuidv7(), language, answers, ...draft })
}

/** Saves a draft and leaves it there. */
export async function leaveDraft(
  citizen: TownVisitor, procedure: string, { answers }: Pick<Example, 'answers'>, applicant: Json = {},
): Promise<{ draftId: string; applicant: Json }> {
  const draftId = uuidv7()
  const { contact } = await citizen.get<{ contact: Json | null }>('/me')
  const who = { kind: 'person', ...known(contact), ...applicant }
  await citizen.send('PUT', `/drafts/${draftId}`, { procedure, answers, applicant: who, page: 0 })
  return { draftId, applicant: who }
}

/** What the server told of the person, in the fields that filing knows. */
function known(contact: Json | null): Json {
  const fields = ['givenName', 'familyName', 'email', 'phone', 'address']
  return Object.fromEntries(fields.flatMap((name) => (typeof contact?.[name] === 'string' ? [[name, contact[name]]] : [])))
}

/** Asks until the case stands in the clerk's list; answers the task's id. */
export async function untilTask(clerk: TownVisitor, { number, caseId }: FiledCase, withinMs = 30_000): Promise<string> {
  return until(withinMs, `a task of case ${number} in the inbox`, async () => {
    const query = new URLSearchParams({ list: 'unit', q: number })
    const { rows } = await clerk.get<{ rows: { id: string; caseId: string }[] }>(`/inbox/tasks?${query}`)
    return rows.find((row) => row.caseId === caseId)?.id
  })
}

/** Takes the task, fills in its form and completes it. */
export async function completeTask(clerk: TownVisitor, taskId: string, answers: Json): Promise<void> {
  await clerk.send('POST', `/inbox/tasks/${taskId}/claim`)
  await clerk.send('POST', `/inbox/tasks/${taskId}/complete`, { answers })
}

interface ListedDocument {
  id: string
  kind: string
  fileName: string
  verifyCode: string | null
}

export interface FoundAct {
  id: string
  verifyCode: string
  fileName: string
  bytes: Buffer
}

/** Asks until the act lies with the case, and fetches it. */
export async function untilAct(citizen: TownVisitor, { caseId, number }: FiledCase, withinMs = 30_000): Promise<FoundAct> {
  const act = await until(withinMs, `the act of case ${number}`, async () => {
    const { documents } = await citizen.get<{ documents: ListedDocument[] }>(`/cases/${caseId}`)
    return documents.find(({ kind }) => kind === 'act')
  })
  return { ...act, verifyCode: act.verifyCode ?? '', bytes: await citizen.bytes(`/cases/${caseId}/documents/${act.id}`) }
}

// Often enough that the figure is the server's and not ours.
const PAUSE_MS = 20

async function until<Found>(withinMs: number, what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const started = Date.now()
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() - started > withinMs) throw new Error(`Expected ${what} within ${withinMs / 1000} s, but it did not come`)
    await new Promise((wait) => setTimeout(wait, PAUSE_MS))
  }
}
