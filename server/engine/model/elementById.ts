import type { FlowNode, ProcessModel } from './executable.ts'

/** What a diagram calls by this id; of an activity that is repeated, the whole. */
export function elementById({ nodes }: ProcessModel, id: string): FlowNode | undefined {
  const node = nodes.get(id)
  return node?.id === id ? node : undefined
}
