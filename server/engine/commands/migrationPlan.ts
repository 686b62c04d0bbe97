/** Whether an instance can go on by another definition, and with what: all of it decided before anything is recorded. */
import type { RefusalKind } from '../../base/errors.ts'
import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { planWaiting, type WaitingPlan } from '../elements/waiting.ts'
import { elementById } from '../model/elementById.ts'
import type { ElementType } from '../model/elementTypes.ts'
import type { FlowNode, ProcessModel, Trigger } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import { reject } from './command.ts'

/** Every active element needs one; the process itself does not. */
export interface MappingInstruction {
  sourceElementId: string
  targetElementId: string
}

/** What Zeebe 8.5 migrates. Later versions take more; what is added here is migrated. */
const migratable: ReadonlySet<ElementType> = new Set(['PROCESS', 'SERVICE_TASK', 'USER_TASK', 'SUB_PROCESS'])

/** What an event on the border of a migrated element, before or after, may wait for. */
const migratableTriggers: readonly (keyof Trigger)[] = ['message']

/** A live element and what it is from now on. */
export interface Move {
  readonly element: ElementInstance
  readonly target: FlowNode
  /** What the events on its new border wait for; missing where an incident still holds its beginning, which will open them. */
  readonly waiting?: WaitingPlan
}

/** Where each live element goes, or the command is rejected. */
export function planMigration(
  decision: Decision, instance: Instance, target: ProcessModel, instructions: readonly MappingInstruction[],
): Move[] {
  const refuse = refusals(instance)
  const targets = readMapping(instance, target, instructions, refuse)
  checkInstance(instance, target, refuse)
  return [...instance.elements.values()].map((element) => {
    const node = targetOf(element, targets, refuse)
    checkMove(element, node, targets, refuse)
    return { element, target: node, waiting: planBoundary(decision, element, node, refuse) }
  })
}

type Refuse = (kind: RefusalKind, reason: string) => never

function refusals({ key }: Instance): Refuse {
  return (kind, reason) => reject('MIGRATE', kind, `Expected to migrate process instance '${key}' but ${reason}`)
}

/** The new element by the id of the former. */
function readMapping(
  { model }: Instance, target: ProcessModel, instructions: readonly MappingInstruction[], refuse: Refuse,
): ReadonlyMap<string, FlowNode> {
  const targets = new Map<string, FlowNode>([[model.id, target.root]])
  const mapped = new Set<string>()
  for (const { sourceElementId, targetElementId } of instructions) {
    if (mapped.has(sourceElementId)) {
      refuse('invalid', `the mapping instructions contain duplicate source element ids '[${sourceElementId}]'.`)
    }
    mapped.add(sourceElementId)
    const source = elementById(model, sourceElementId) ?? refuse('invalid', missing('source', sourceElementId))
    const node = elementById(target, targetElementId) ?? refuse('invalid', missing('target', targetElementId))
    if ([source, node].some((each) => each.kind === 'boundary-event')) {
      refuse('wrong-state', `boundary events cannot be mapped, but '${sourceElementId}' is to '${targetElementId}'.`)
    }
    targets.set(sourceElementId, node)
  }
  return targets
}

function missing(side: 'source' | 'target', id: string): string {
  return `a mapping instruction names the ${side} element '${id}', which is not in the ${side} process.`
}

function checkInstance(instance: Instance, target: ProcessModel, refuse: Refuse): void {
  if (instance.caller) {
    refuse('wrong-state', 'it was called by another one, and only what was not called is migrated.')
  }
  const hasEvents = ({ nodes }: ProcessModel): boolean => [...nodes.values()].some((each) => each.kind === 'event-sub-process')
  if (hasEvents(instance.model)) refuse('wrong-state', 'its process has an event sub-process, which this version does not migrate.')
  if (hasEvents(target)) refuse('wrong-state', 'the process it is to become has an event sub-process, which this version does not migrate.')
  if ([...instance.elements.values()].some((each) => each.arrivals.size > 0)) {
    refuse('wrong-state', 'it is not in a wait state: a taken sequence flow waits at a joining gateway.')
  }
  // What undoes them is an element of the process as it was.
  if ([...instance.elements.values()].some(({ compensables, throwKey }) => compensables.length > 0 || throwKey !== null)) {
    refuse('wrong-state', 'it has completed activities that can still be compensated, which this version does not migrate.')
  }
}

function targetOf({ node }: ElementInstance, targets: ReadonlyMap<string, FlowNode>, refuse: Refuse): FlowNode {
  if (!migratable.has(node.elementType)) {
    refuse('wrong-state', `the active element '${node.id}' is a ${node.elementType}, which this version does not migrate.`)
  }
  return targets.get(node.id)
    ?? refuse('wrong-state', `no mapping instruction tells what the active element '${node.id}' becomes.`)
}

function checkMove({ node, scope }: ElementInstance, target: FlowNode, targets: ReadonlyMap<string, FlowNode>, refuse: Refuse): void {
  const mapped = `the active element '${node.id}' of type '${node.elementType}' is to become '${target.id}'`
  if (target.elementType !== node.elementType) {
    refuse('wrong-state', `${mapped} of type '${target.elementType}', but the types have to be the same.`)
  }
  if (target.kind !== node.kind) {
    refuse('wrong-state', `${mapped} that is carried out in another way: one by a job, the other not.`)
  }
  if (scope && targets.get(scope.node.id)?.id !== target.scope) {
    refuse('wrong-state', `the active element '${node.id}' would come into another scope than what its own scope becomes.`)
  }
  for (const { id, boundary } of [node, target]) {
    const other = boundary.find((event) => !migratableTriggers.some((each) => event[each]))
    if (other) refuse('wrong-state', `the event '${other.id}' on the border of '${id}' is of a kind that this version does not migrate.`)
  }
}

function planBoundary(decision: Decision, element: ElementInstance, target: FlowNode, refuse: Refuse): WaitingPlan | undefined {
  if (element.phase === 'activating') return undefined
  const { variables, scope } = element
  const waiting = planWaiting(decision, { node: target, variables, scope })
  const mapped = `the active element '${element.node.id}' is to become '${target.id}', which has to wait for events`
  if (waiting instanceof Failure) refuse('wrong-state', `${mapped}: ${waiting.message}`)
  const again = waiting.messages.find(({ messageName }) => element.messages.some((each) => each.messageName === messageName))
  if (again) {
    refuse('wrong-state', `${mapped}, one of them the message '${again.messageName}' it waits for already. `
      + 'Migrate it by way of a process definition without that event.')
  }
  return waiting
}
