/** `COPY … FROM STDIN` over a connection of pg, which brings the messages for it but no statement. */
import pg, { type Connection } from 'pg'

/** Bytes that may wait in the socket before the next piece is asked for. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024

/** Sends pieces of COPY's text format, each of whole lines. Fails with what PostgreSQL has against them. */
export function copyIn(client: pg.Client, statement: string, pieces: Iterable<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined
    client.query({
      submit: (connection: Connection) => connection.query(statement),
      handleCopyInResponse: (connection: CopyConnection) => void send(connection, pieces, () => failure !== undefined),
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => (failure ? reject(failure) : resolve()),
      handleError: (error: Error, connection: Connection) => {
        failure = error
        connection.sync() // otherwise PostgreSQL waits for more
      },
    } as pg.Submittable)
  })
}

type CopyConnection = Connection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }

async function send(connection: CopyConnection, pieces: Iterable<string>, isOver: () => boolean): Promise<void> {
  for (const piece of pieces) {
    if (isOver()) return
    connection.sendCopyFromChunk(Buffer.from(piece))
    if (connection.stream.writableLength > MOST_WAITING_BYTES) await new Promise((resolve) => connection.stream.once('drain', resolve))
  }
  connection.endCopyFrom()
}
