/**
 * A mail relay that delivers to nobody: real SMTP on loopback, and every message kept to be looked at.
 * It misbehaves on request: `refuse@…` is refused for good, `later@…` for now, and the whole relay can be switched off.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { v7 as uuidv7 } from 'uuid'

export interface CaughtMail {
  id: string
  /** ISO instant. */
  receivedAt: string
  from: string
  to: string[]
  subject: string
  text: string
  language: string
  attachments: { fileName: string; mediaType: string; bytes: Buffer }[]
}

export interface MailRelay {
  port: number
  /** What was sent, newest first. */
  mails(): readonly CaughtMail[]
  /** Called for each mail that comes; the returned function ends it. */
  onMail(listener: (mail: CaughtMail) => void): () => void
  /** Takes nothing until it is switched on again: answers 421 as a relay that is going down. */
  setDown(down: boolean): void
  isDown(): boolean
  forget(): Promise<void>
  close(): Promise<void>
}

export interface RelayOptions {
  /** 0 takes a free one. */
  port: number
  /** Keeps the messages as files (RFC 5322), so that they survive a restart; without it, in memory only. */
  folder?: string
}

/** More than anyone looks at; the oldest go first. */
const MOST_KEPT = 500

/** Starts the relay on 127.0.0.1. */
export async function startMailRelay({ port, folder }: RelayOptions): Promise<MailRelay> {
  const kept: { mail: CaughtMail; file?: string }[] = folder ? await readKept(folder) : []
  const listeners = new Set<(mail: CaughtMail) => void>()
  let down = false

  const keep = async (raw: Buffer, envelopeTo: string[]): Promise<void> => {
    const id = uuidv7()
    const receivedAt = new Date().toISOString()
    const mail = await readMail(raw, { id, receivedAt, to: envelopeTo })
    const file = folder && join(folder, `${id}.eml`)
    if (file) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(file, raw, { mode: 0o600 })
    }
    kept.unshift({ mail, ...(file && { file }) })
    for (const old of kept.splice(MOST_KEPT)) if (old.file) await rm(old.file, { force: true })
    for (const listener of listeners) listener(mail)
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    banner: 'Mail catcher: nothing leaves this machine',
    size: 30 * 1024 * 1024,
    onConnect: (_session, reply) => reply(down ? answer(421, 'Switched off') : undefined),
    onMailFrom: (_address, _session, reply) => reply(down ? answer(421, 'Switched off') : undefined),
    onRcptTo: ({ address }, _session, reply) => reply(refusalOf(address)),
    onData(stream, session, reply) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        keep(Buffer.concat(chunks), session.envelope.rcptTo.map(({ address }) => address)).then(
          () => reply(),
          (error: Error) => reply(answer(451, error.message)),
        )
      })
    },
  })
  await new Promise<void>((done, fail) => {
    server.on('error', fail)
    server.listen(port, '127.0.0.1', () => done())
  })
  server.removeAllListeners('error')
  // A client that hangs up in the middle is the client's affair.
  server.on('error', () => undefined)
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address')

  return {
    port: address.port,
    mails: () => kept.map(({ mail }) => mail),
    onMail(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setDown: (wanted) => void (down = wanted),
    isDown: () => down,
    async forget() {
      for (const { file } of kept.splice(0)) if (file) await rm(file, { force: true })
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

function refusalOf(address: string): Error | null {
  if (address.startsWith('refuse@')) return answer(550, 'No such mailbox here')
  if (address.startsWith('later@')) return answer(451, 'Mailbox busy, try again later')
  return null
}

async function readKept(folder: string): Promise<{ mail: CaughtMail; file: string }[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort().reverse().slice(0, MOST_KEPT)
  return Promise.all(names.map(async (name) => {
    const file = join(folder, name)
    const id = name.slice(0, -'.eml'.length)
    return { file, mail: await readMail(await readFile(file), { id, receivedAt: whenMade(id) }) }
  }))
}

/** A UUIDv7 begins with its milliseconds (RFC 9562, 5.7). */
function whenMade(id: string): string {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString()
}

async function readMail(raw: Buffer, { id, receivedAt, to }: { id: string; receivedAt: string; to?: string[] }): Promise<CaughtMail> {
  const parsed = await simpleParser(raw)
  const named = [parsed.to ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => (address ? [address] : [])))
  return {
    id,
    receivedAt,
    from: parsed.from?.text ?? '',
    to: to ?? named,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    language: String(parsed.headers.get('content-language') ?? ''),
    attachments: parsed.attachments.map(({ filename, contentType, content }) => (
      { fileName: filename ?? 'attachment', mediaType: contentType, bytes: content }
    )),
  }
}
