/** One run of a procedure, as `examples/<name>.json` keeps it. */
export interface Example {
  /** What happens, in one sentence. */
  name: string
  tenant: string
  channel: string
  language: string
  /** User name of the demo citizen who files; absent when anonymous. */
  applicant?: string
  anonymous?: boolean
  answers: Record<string, unknown>
  steps: Step[]
  /** What automatic steps answer in this run, by job type: an error the diagram catches, or variables. */
  jobs?: Record<string, { error: string } | { variables: Record<string, unknown> }>
  expect: { faults: string[] } | Expected
}

/** A clerk completes a task, time passes, or a message arrives for the case. */
export type Step = Completion | { advance: string } | { publish: string }

export interface Completion {
  /** Element id of the human step. */
  complete: string
  /** User name of the clerk. */
  by: string
  answers: Record<string, unknown>
}

export interface Expected {
  status: string
  outcome: string
  /** Minor units; null where the procedure has no fee. */
  feeMinor: number | null
  /** Elements in the order in which they begin. */
  path: string[]
  letters: string[]
}
