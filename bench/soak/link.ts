import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * What the wire does: `open` passes everything on; `halted` passes nothing on, and what was sent arrives when it is open again;
 * `swallowing` takes everything and passes nothing on, ever: connections that lived through it never say another word, as behind a
 * firewall that has forgotten them.
 */
type State = 'open' | 'halted' | 'swallowing'

interface Pair {
  readonly near: Socket
  readonly far: Socket
  /** Lived while the link swallowed: bytes are missing, so nothing more of it may arrive. */
  isLost: boolean
}

/** A wire between two programs on this machine, with a will of its own: whoever connects to its port reaches another port. */
export class Link {
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  /** Who knocked while nothing passed: a call for a connection is repeated until it is heard. */
  #knocking: Socket[] = []
  #state: State = 'open'

  private constructor(readonly target: number) {
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (near) => this.#join(near))
  }

  static async to(target: number): Promise<Link> {
    const link = new Link(target)
    await once(link.#server.listen(0, '127.0.0.1'), 'listening')
    return link
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Ends all connections at once, for both sides to see. New ones pass. */
  cut(): void {
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.resetAndDestroy()
  }

  /** Ends all connections for the far side only: the near one waits on a line where nobody is any more. New ones pass. */
  halfOpen(): void {
    for (const pair of this.#pairs) {
      pair.isLost = true
      pair.far.resetAndDestroy()
    }
  }

  halt(): void {
    this.#state = 'halted'
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.pause()
  }

  swallow(): void {
    this.#state = 'swallowing'
    for (const pair of this.#pairs) pair.isLost = true
  }

  restore(): void {
    this.#state = 'open'
    for (const { near, far, isLost } of this.#pairs) if (!isLost) for (const socket of [near, far]) socket.resume()
    for (const near of this.#knocking.splice(0)) if (!near.destroyed) this.#join(near)
  }

  async close(): Promise<void> {
    this.cut()
    for (const near of this.#knocking) near.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket): void {
    if (this.#state !== 'open') {
      near.on('error', () => undefined) // gone before it was heard
      return void this.#knocking.push(near)
    }
    const far = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true })
    const pair: Pair = { near, far, isLost: false }
    this.#pairs.add(pair)
    this.#carry(pair, near, far)
    this.#carry(pair, far, near)
    near.resume()
  }

  #carry(pair: Pair, from: Socket, to: Socket): void {
    from.setNoDelay(true)
    from.on('data', (bytes: Buffer) => {
      if (pair.isLost) return
      if (!to.write(bytes)) from.pause()
    })
    to.on('drain', () => {
      if (this.#state !== 'halted') from.resume()
    })
    from.on('end', () => {
      if (!pair.isLost) to.end()
    })
    // What the one side learns, the other learns too, unless its word does not arrive.
    from.on('error', () => {
      if (!pair.isLost) to.resetAndDestroy()
    })
    from.on('close', () => {
      if (from.destroyed && to.destroyed) this.#pairs.delete(pair)
    })
  }
}
