/**
 * Stands where the form viewer would load an evaluator of its own (see `resolve.alias` in vite.config.ts).
 * The services that would call it are replaced by ours (feelInForms.ts), so a call is a mistake and says so.
 */
function never(): never {
  throw new Error('Expected the evaluator of server/rules/feel, but the form viewer asked for its own, so a service was not replaced')
}

export const parseExpression = never
export const parseUnaryTests = never
export const unaryTest = never
export const evaluate = never
export const parseToSimpleTree = never
