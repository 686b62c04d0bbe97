import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { status } from '@grpc/grpc-js'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import { variables } from '../engine/workload.ts'
import { grpcStatus, headerBlock } from './headerBlock.ts'
import {
  FIRST_WINDOW, flags, frame, FrameReader, frameTypes, PREFACE, settings, settingsFrame, windowUpdate, type Frame,
} from './http2Frames.ts'

/** What came of a start: its code, and milliseconds since it was due, whenever it really left. */
export type OnAnswer = (code: number, tookMs: number) => void

/** Answers are read as they come, so the server may send without end; it is told anew after each so many bytes. */
const RECEIVE_WINDOW = 2 ** 30

/** Starts of the reference workload over a few connections in turn, as many at a time as asked for. */
export class StartFlood {
  #next = 0

  private constructor(readonly connections: readonly Connection[]) {}

  static async connect(address: string, connections: number): Promise<StartFlood> {
    const request = { headers: startHeaders(address), message: startMessage() }
    return new StartFlood(await Promise.all(Array.from({ length: connections }, () => Connection.open(address, request))))
  }

  /** Sends one start. `dueMs` is by `performance.now()`: what it waits in this process counts too. */
  start(dueMs: number, onAnswer: OnAnswer): void {
    this.connections[this.#next++ % this.connections.length]!.start(dueMs, onAnswer)
  }

  /** Starts without an answer. */
  get open(): number {
    return this.connections.reduce((sum, { calls }) => sum + calls.size, 0)
  }

  close(): void {
    for (const { socket } of this.connections) socket.destroy()
  }
}

interface StartRequest {
  headers: Buffer
  message: Buffer
}

interface Call {
  dueMs: number
  onAnswer: OnAnswer
}

/** Opens a stream per start at once, as clients do, and sends the message as soon as the server's window lets it. */
class Connection {
  readonly calls = new Map<number, Call>()
  readonly #reader = new FrameReader()
  #lastStream = -1
  #window = FIRST_WINDOW
  #received = 0
  #unsent: number[] = []
  #output: Buffer[] = []

  private constructor(readonly socket: Socket, readonly request: StartRequest) {}

  static async open(address: string, request: StartRequest): Promise<Connection> {
    const { hostname, port } = new URL(`http://${address}`)
    const socket = connectSocket({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    const connection = new Connection(socket, request)
    socket.on('data', (chunk) => connection.#receive(chunk))
    socket.on('close', () => connection.#fail())
    socket.on('error', () => undefined) // `close` follows
    const ours = settingsFrame([[settings.headerTableSize, 0], [settings.enablePush, 0]])
    socket.write(Buffer.concat([PREFACE, ours, windowUpdate(RECEIVE_WINDOW)]))
    return connection
  }

  start(dueMs: number, onAnswer: OnAnswer): void {
    if (this.socket.destroyed) return onAnswer(status.UNAVAILABLE, performance.now() - dueMs)
    const stream = (this.#lastStream += 2)
    this.calls.set(stream, { dueMs, onAnswer })
    this.#write(frame(frameTypes.headers, flags.endHeaders, stream, this.request.headers))
    this.#unsent.push(stream)
    this.#sendMessages()
  }

  #sendMessages(): void {
    const { message } = this.request
    let sent = 0
    for (const stream of this.#unsent) {
      if (this.calls.has(stream)) { // else it was answered before it was asked
        if (this.#window < message.length) break
        this.#window -= message.length
        this.#write(frame(frameTypes.data, flags.endStream, stream, message))
      }
      sent++
    }
    if (sent > 0) this.#unsent = this.#unsent.slice(sent)
  }

  // One write for all that is sent in a turn of the event loop.
  #write(bytes: Buffer): void {
    if (this.#output.push(bytes) > 1) return
    setImmediate(() => {
      const output = Buffer.concat(this.#output)
      this.#output = []
      if (!this.socket.destroyed) this.socket.write(output)
    })
  }

  #receive(chunk: Buffer): void {
    for (const each of this.#reader.read(chunk)) this.#act(each)
    this.#sendMessages()
  }

  #act({ type, flags: flag, stream, payload }: Frame): void {
    if (type === frameTypes.headers) {
      const code = grpcStatus(payload)
      if (code !== undefined) this.#answer(stream, code)
    } else if (type === frameTypes.data) {
      this.#received += payload.length
      if (this.#received < RECEIVE_WINDOW / 2) return
      this.#write(windowUpdate(this.#received))
      this.#received = 0
    } else if (type === frameTypes.windowUpdate && stream === 0) {
      this.#window += payload.readUInt32BE()
    } else if (type === frameTypes.reset) {
      this.#answer(stream, status.UNAVAILABLE) // if it has no status yet
    } else if ((type === frameTypes.settings || type === frameTypes.ping) && (flag & flags.ack) === 0) {
      this.#write(frame(type, flags.ack, 0, type === frameTypes.ping ? payload : Buffer.alloc(0)))
    } else if (type === frameTypes.goAway) {
      this.socket.destroy()
    }
  }

  #answer(stream: number, code: number): void {
    const call = this.calls.get(stream)
    if (!call) return
    this.calls.delete(stream)
    call.onAnswer(code, performance.now() - call.dueMs)
  }

  #fail(): void {
    for (const stream of [...this.calls.keys()]) this.#answer(stream, status.UNAVAILABLE)
  }
}

function startHeaders(address: string): Buffer {
  const { path } = gatewayProtocol().service['CreateProcessInstance']!
  return headerBlock({
    ':method': 'POST', ':scheme': 'http', ':path': path, ':authority': address, 'content-type': 'application/grpc', te: 'trailers',
  })
}

/** One message with its prefix: not compressed, and its length (gRPC over HTTP/2, "Length-Prefixed-Message"). */
function startMessage(): Buffer {
  const body = gatewayProtocol().service['CreateProcessInstance']!.requestSerialize(
    { bpmnProcessId: 'municipal-request', version: -1, variables })
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(body.length, 1)
  return Buffer.concat([prefix, body])
}
