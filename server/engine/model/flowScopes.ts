import type { FlowNode, ProcessModel } from './executable.ts'

/** The scopes an element stands in, the process first. What a multi-instance repeats stands in the whole and in one of its turns. */
export function flowScopesOf(model: ProcessModel, node: FlowNode): FlowNode[] {
  if (node.kind === 'process') return []
  const container = model.nodes.get(node.scope)!
  const innermost = container.kind === 'multi-instance' ? [container, container.each] : [container]
  return [...flowScopesOf(model, container), ...innermost]
}
