import { definitionsOf, elementsIn } from '../drawing.ts'
import type { Flow } from '../executable.ts'
import { childOf, textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import type { Reading } from './reading.ts'

export type Flows = ReadonlyMap<string, Flow>

/** All ways from one element of a scope to another, by their ids. */
export function readFlows(scope: Moddle, reading: Reading): Flows {
  const flows = [...drawnFlows(scope, reading), ...linkFlows(scope, reading)]
  return new Map(flows.map((each) => [each.id, each]))
}

function drawnFlows(scope: Moddle, reading: Reading): Flow[] {
  return elementsIn(scope).filter((each) => each.$type === 'bpmn:SequenceFlow').map((each, position) => {
    const condition = childOf(each, 'conditionExpression')
    return {
      // The schema lets a flow go without an id; two of them must not become one.
      id: each.id ?? `--flow-${position}`,
      source: childOf(each, 'sourceRef')?.id ?? '',
      target: childOf(each, 'targetRef')?.id ?? '',
      condition: condition && reading.expression(each, textOf(condition, 'body'), 'the condition'),
    }
  })
}

/** A link is a flow that is not drawn: from each throwing half to the catching one of the same name and scope. */
function linkFlows(scope: Moddle, reading: Reading): Flow[] {
  const places = linksIn(scope, 'bpmn:IntermediateCatchEvent')
  return linksIn(scope, 'bpmn:IntermediateThrowEvent').flatMap(({ id, name, event }) => {
    const place = places.find((each) => each.name === name)
    // The rules find it in a sub-process, too, where no token can be sent from here.
    if (!place) reading.refuse(event, `Expected a catching link event named '${name}' in the same scope, but found none`)
    return place ? [{ id: `${id}--link`, source: id, target: place.id }] : []
  })
}

interface Link {
  readonly event: Moddle
  readonly id: string
  readonly name: string
}

function linksIn(scope: Moddle, type: string): Link[] {
  return elementsIn(scope).filter((each) => each.$type === type).flatMap((event) => {
    const definition = definitionsOf(event).find((each) => each.$type === 'bpmn:LinkEventDefinition')
    return definition ? [{ event, id: event.id ?? '', name: checked(textOf(definition, 'name'), 'the name of a link') }] : []
  })
}
