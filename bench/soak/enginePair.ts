import { Link } from './link.ts'
import { SupervisedEngine } from './supervisedEngine.ts'

/** An engine whose lines can be broken: the one to its database, and the one its clients take. */
export interface LinkedEngine {
  readonly engine: SupervisedEngine
  readonly toDatabase: Link
  readonly toClients: Link
}

/** Two engines on one database: one serves, the other stands by. */
export class EnginePair {
  private constructor(readonly linked: readonly [LinkedEngine, LinkedEngine]) {}

  static async start(databaseUrl: string, logFile?: string): Promise<EnginePair> {
    const first = await startLinked(databaseUrl, logFile)
    await first.engine.untilServing()
    return new EnginePair([first, await startLinked(databaseUrl, logFile)])
  }

  get engines(): SupervisedEngine[] {
    return this.linked.map(({ engine }) => engine)
  }

  /** Where clients reach them. */
  get addresses(): string[] {
    return this.linked.map(({ toClients }) => `127.0.0.1:${toClients.port}`)
  }

  /** The one that serves; waits while none does. */
  async serving(): Promise<LinkedEngine> {
    for (;;) {
      for (const linked of this.linked) if (await linked.engine.isServing()) return linked
      await new Promise((resume) => setTimeout(resume, 20))
    }
  }

  otherThan(linked: LinkedEngine): LinkedEngine {
    return this.linked[0] === linked ? this.linked[1] : this.linked[0]
  }

  async stop(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.stop()))
    await Promise.all(this.linked.flatMap(({ toDatabase, toClients }) => [toDatabase.close(), toClients.close()]))
  }
}

async function startLinked(databaseUrl: string, logFile?: string): Promise<LinkedEngine> {
  const url = new URL(databaseUrl)
  const toDatabase = await Link.to(Number(url.port))
  url.port = String(toDatabase.port)
  const engine = await SupervisedEngine.start(url.href, logFile)
  return { engine, toDatabase, toClients: await Link.to(engine.port) }
}
