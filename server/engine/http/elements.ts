/** Names of elements in the model and in the diagram. */
import type { ProcessModel } from '../model/executable.ts'

const EACH = '#each'

/** The id in the diagram. What a multi-instance repeats is drawn as one with the whole. */
export function elementIdOf(ref: string): string {
  return ref.endsWith(EACH) ? ref.slice(0, -EACH.length) : ref
}

/** Name and type as drawn; of a diagram that is gone, what is known without it. */
export function drawnAs(model: ProcessModel | undefined, ref: string): { elementName: string; type: string } {
  const node = model?.nodes.get(ref)
  return { elementName: node?.name || elementIdOf(ref), type: node?.elementType ?? 'UNKNOWN' }
}
