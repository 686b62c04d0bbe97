/** The text is not FEEL. `message` is a sentence for the person who wrote it, `position` the offset of the fault in the source. */
export class FeelSyntaxError extends Error {
  override readonly name = 'FeelSyntaxError'

  constructor(
    message: string,
    readonly position: number,
    readonly source = '',
  ) {
    super(message)
  }
}

/**
 * The text is FEEL, but it cannot be evaluated with these values: where Zeebe raises an incident instead of going on with null
 * (a filter on something that is no list, an assertion that fails, more work than allowed).
 */
export class FeelEvaluationError extends Error {
  override readonly name = 'FeelEvaluationError'

  constructor(
    readonly reason: 'list-expected' | 'assertion' | 'arithmetic' | 'out-of-range' | 'not-a-number' | 'too-much-work',
    message: string,
  ) {
    super(message)
  }
}
