import type { FlowNode, MultiInstance } from '../executable.ts'
import { extensionOf, textOf, type Moddle } from '../moddle.ts'
import type { NodeParts } from './parts.ts'
import { bodyOf, type Reading } from './reading.ts'

/** What is repeated stands alone inside the whole: flows, border and compensation are the whole's. */
export function partsOfEach(parts: NodeParts): NodeParts {
  return { ...parts, ref: `${parts.id}#each`, incoming: [], outgoing: [], boundary: [], compensationHandler: undefined, scope: parts.id }
}

export function readMultiInstance(element: Moddle, loop: Moddle, parts: NodeParts, each: FlowNode, reading: Reading): MultiInstance {
  const extension = extensionOf(loop, 'zeebe:LoopCharacteristics')
  const collection = textOf(extension, 'outputCollection')
  const outputElement = textOf(extension, 'outputElement')
  const condition = bodyOf(loop, 'completionCondition')
  return {
    ...parts,
    elementType: 'MULTI_INSTANCE_BODY',
    inputs: [],
    outputs: [],
    kind: 'multi-instance',
    each,
    isSequential: loop.isSequential === true,
    inputCollection: reading.expression(element, textOf(extension, 'inputCollection'), 'the input collection'),
    inputElement: textOf(extension, 'inputElement'),
    output: collection && outputElement
      ? { collection, element: reading.expression(element, outputElement, 'the output element') }
      : undefined,
    completionCondition: condition === undefined ? undefined : reading.expression(element, condition, 'the completion condition'),
  }
}
