import { SupervisedEngine } from './supervisedEngine.ts'

/** Two engines on one database: one serves, the other stands by. */
export class EnginePair {
  private constructor(readonly engines: readonly [SupervisedEngine, SupervisedEngine]) {}

  static async start(databaseUrl: string, logFile?: string): Promise<EnginePair> {
    const first = await SupervisedEngine.start(databaseUrl, logFile)
    await first.untilServing()
    return new EnginePair([first, await SupervisedEngine.start(databaseUrl, logFile)])
  }

  get addresses(): string[] {
    return this.engines.map((engine) => engine.address)
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

  async stop(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.stop()))
  }
}
