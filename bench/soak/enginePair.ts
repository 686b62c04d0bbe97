import { Link } from './link.ts'
import { SupervisedEngine } from './supervisedEngine.ts'

/** An engine's lines, which can be broken. */
export interface Lines {
  readonly toDatabase: Link
  /** The one its clients take. */
  readonly toClients: Link
}

/** Two engines on one database: one serves, the other stands by. */
export class EnginePair {
  private constructor(readonly engines: readonly [SupervisedEngine, SupervisedEngine], readonly lines: readonly [Lines, Lines]) {}

  static async start(databaseUrl: string, logFile?: string): Promise<EnginePair> {
    const [first, firstLines] = await startLinked(databaseUrl, logFile)
    await first.untilServing()
    const [second, secondLines] = await startLinked(databaseUrl, logFile)
    return new EnginePair([first, second], [firstLines, secondLines])
  }

  /** Where clients reach them. */
  get addresses(): string[] {
    return this.lines.map(({ toClients }) => `127.0.0.1:${toClients.port}`)
  }

  /** The one that serves; waits while none does. */
  async serving(): Promise<SupervisedEngine> {
    for (;;) {
      for (const engine of this.engines) if (await engine.isServing()) return engine
      await new Promise((resume) => setTimeout(resume, 20))
    }
  }

  otherThan(engine: SupervisedEngine): SupervisedEngine {
    return this.engines[0] === engine ? this.engines[1] : this.engines[0]
  }

  /** The lines of the one that serves. */
  async servingLines(): Promise<Lines> {
    return (await this.serving()) === this.engines[0] ? this.lines[0] : this.lines[1]
  }

  async stop(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.stop()))
    await Promise.all(this.lines.flatMap(({ toDatabase, toClients }) => [toDatabase.close(), toClients.close()]))
  }
}

async function startLinked(databaseUrl: string, logFile?: string): Promise<[SupervisedEngine, Lines]> {
  const url = new URL(databaseUrl)
  const toDatabase = await Link.to(Number(url.port))
  url.port = String(toDatabase.port)
  const engine = await SupervisedEngine.start(url.href, logFile)
  return [engine, { toDatabase, toClients: await Link.to(engine.port) }]
}
