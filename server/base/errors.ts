/**
 * The three kinds of failure, told apart by what someone should do next.
 * One file per door turns them into that door's language:
 * `http/middleware/errorReply.ts`, `workers/jobOutcome.ts`, `engine/gateway/grpcStatus.ts`.
 */

/** Why something was refused. Each kind has one HTTP status and one gRPC status. */
export type RefusalKind = 'invalid' | 'not-found' | 'already-exists' | 'wrong-state' | 'not-allowed'

/** Facts a text may name: ids, limits, field names. Never personal data, they are logged. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** What was asked cannot be done. `code` is kebab-case, permanent, and the key of the sentence a person reads. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    readonly facts: Facts = {},
    message = `Refused as ${kind}: ${code}`,
  ) {
    super(message)
  }
}

/** A neighbor did not answer. Worth trying again later; nothing of ours is at fault. */
export class Outage extends Error {
  override readonly name = 'Outage'

  constructor(
    readonly system: string,
    override readonly cause?: unknown,
  ) {
    super(`${system} did not answer${cause instanceof Error ? `: ${cause.message}` : ''}`)
  }
}

/** Throws a {@link Refusal}. Reads as a sentence: `if (!mayClaim(actor, task)) refuse('not-allowed', 'task-not-for-you')`. */
export function refuse(kind: RefusalKind, code: string, facts: Facts = {}, message?: string): never {
  throw new Refusal(kind, code, facts, message)
}
