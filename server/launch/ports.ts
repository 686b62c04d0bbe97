import { createServer } from 'node:net'
import { Refusal } from '../base/errors.ts'

/** Every port of one copy, counted from the first. */
export interface Ports {
  web: number
  keycloak: number
  postgres: number
  zeebe: number
  /** What can be read of the engine, always beside its gRPC. */
  zeebeRest: number
  mails: number
  certificates: number
  smtp: number
  /** Responder and lists of the demo's authorities. */
  authority: number
  /** The SMS simulator: its gateway and its page. */
  sms: number
  bank: number
}

/** The places of all ports when the web server has `first`. */
export function portsFrom(first: number): Ports {
  return {
    web: first,
    keycloak: first + 1,
    postgres: first + 2,
    zeebe: first + 3,
    zeebeRest: first + 4,
    certificates: first + 5,
    smtp: first + 6,
    mails: first + 7,
    authority: first + 8,
    sms: first + 9,
    bank: first + 10,
  }
}

const uses: Record<keyof Ports, string> = {
  web: 'the web server', keycloak: 'Keycloak', postgres: 'PostgreSQL', zeebe: 'the process engine',
  zeebeRest: 'what is read of the process engine', mails: 'the page of sent mails', certificates: 'the certificate door',
  smtp: 'the mail simulator', authority: 'the demo certificate authorities',
  sms: 'the SMS simulator', bank: 'the bank simulator',
}

/** Refuses with 'port-taken' when someone else listens on one of `needed`, and says which and what to do. */
export async function expectFree(ports: Ports, needed: readonly (keyof Ports)[]): Promise<void> {
  for (const use of needed) {
    if (await comesFree(ports[use])) continue
    throw new Refusal('invalid', 'port-taken', { port: ports[use] },
      `Expected port ${ports[use]} to be free for ${uses[use]}, but another program listens there. Stop it, or start with other ports, ` +
      `for example: npm start -- --port ${ports.web + 100}`)
  }
}

/** Waits a little: the parts of a launcher that was killed need a moment to notice and end. */
async function comesFree(port: number): Promise<boolean> {
  for (let waits = 0; waits < 20; waits++) {
    if (await isFree(port)) return true
    await new Promise((wait) => setTimeout(wait, 150))
  }
  return false
}

/** A first port whose whole row is free right now. */
export async function freeFirstPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    // Below 32768: the system gives out its own ports from there on.
    const first = 18_000 + 20 * Math.floor(Math.random() * 700)
    const all = await Promise.all(Object.values(portsFrom(first)).map(isFree))
    if (all.every(Boolean)) return first
  }
  throw new Error('Expected eleven free ports in a row, but found none in 100 tries')
}

/** Whether nobody listens on a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  // On both: a program may sit on one kind of address only.
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'))
    probe.listen(port, host, () => probe.close(() => answer(true)))
  })
}
