import { around, elementsIn } from '../drawing.ts'
import { faultAt } from '../fault.ts'
import { listOf, type Moddle } from '../moddle.ts'
import * as definitions from './definitions.ts'
import * as events from './events.ts'
import * as flows from './flows.ts'
import type { Rule } from './rule.ts'
import * as scopes from './scopes.ts'
import * as tasks from './tasks.ts'

const activity = [flows.checkConditions, scopes.checkBorder, tasks.checkHandler]
const refuseElement: Rule = (element, refuse) => refuse(element, 'Elements of this type are not executable')

/** By the type of an element: what it must obey. What stands in a process or sub-process and has no entry is refused. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  'bpmn:Process': [scopes.checkProcess, scopes.checkEventSubProcesses, scopes.checkLinks],
  'bpmn:SubProcess': [...activity, scopes.checkSubProcess, scopes.checkEventSubProcesses, scopes.checkLinks],
  'bpmn:StartEvent': [flows.checkConditions, events.checkStartEvent],
  'bpmn:IntermediateThrowEvent': [flows.checkConditions, events.checkThrowEvent],
  'bpmn:IntermediateCatchEvent': [flows.checkConditions, events.checkCatchEvent],
  'bpmn:BoundaryEvent': [flows.checkConditions, events.checkBoundaryEvent],
  'bpmn:EndEvent': [events.checkEndEvent],
  'bpmn:ServiceTask': [...activity, tasks.checkServiceTask],
  'bpmn:SendTask': [...activity, tasks.checkSendTask],
  'bpmn:BusinessRuleTask': [...activity, tasks.checkBusinessRuleTask],
  'bpmn:ScriptTask': [...activity, tasks.checkScriptTask],
  'bpmn:UserTask': [...activity, tasks.checkUserTask],
  'bpmn:ReceiveTask': [...activity, definitions.checkReceiveTask],
  'bpmn:ManualTask': activity,
  'bpmn:Task': activity,
  'bpmn:CallActivity': [...activity, tasks.checkCallActivity],
  'bpmn:ExclusiveGateway': [flows.checkBranches],
  'bpmn:InclusiveGateway': [flows.checkBranches, flows.checkInclusiveGateway],
  'bpmn:ParallelGateway': [flows.checkConditions],
  'bpmn:EventBasedGateway': [flows.checkConditions, flows.checkEventGateway, scopes.checkEventsBehind],
  'bpmn:SequenceFlow': [],
  // Drawn for people, without meaning to an engine.
  'bpmn:DataObject': [],
  'bpmn:DataObjectReference': [],
  'bpmn:DataStoreReference': [],
  'bpmn:MessageEventDefinition': [definitions.checkMessage],
  'bpmn:SignalEventDefinition': [definitions.checkSignal],
  'bpmn:ErrorEventDefinition': [definitions.checkError],
  'bpmn:EscalationEventDefinition': [definitions.checkEscalation],
  'bpmn:TimerEventDefinition': [definitions.checkTimer],
  'bpmn:LinkEventDefinition': [definitions.checkLink],
  'bpmn:CompensateEventDefinition': [definitions.checkCompensation],
  'bpmn:ConditionalEventDefinition': [definitions.refuseDefinition],
  'bpmn:CancelEventDefinition': [definitions.refuseDefinition],
  'bpmn:EventDefinition': [definitions.refuseDefinition],
  'bpmn:MultiInstanceLoopCharacteristics': [tasks.checkLoop],
  'zeebe:TaskDefinition': [tasks.checkTaskDefinition],
  'zeebe:CalledDecision': [tasks.checkCalledDecision, tasks.checkBinding],
  'zeebe:Script': [tasks.checkScript],
  'zeebe:CalledElement': [tasks.checkCalledElement, tasks.checkBinding],
  'zeebe:FormDefinition': [tasks.checkBinding],
  'zeebe:LoopCharacteristics': [tasks.checkLoopCharacteristics],
  'zeebe:UserTaskForm': [tasks.checkUserTaskForm],
  'zeebe:ExecutionListeners': [tasks.checkListeners],
  'zeebe:TaskListeners': [tasks.checkListeners],
  'zeebe:PublishMessage': [tasks.checkPublishing],
}

/** Every reason not to execute these processes that shows in how they are drawn, in the order of the drawing. */
export function faultsOfDrawing(processes: readonly Moddle[]): string[] {
  const faults = new Set<string>()
  for (const element of processes.flatMap((each) => [...insideOf(each)])) {
    for (const rule of rulesOf(element)) rule(element, (at, message) => faults.add(faultAt(at, message)))
  }
  return [...faults]
}

function rulesOf(element: Moddle): readonly Rule[] {
  return rules[element.$type] ?? (elementsIn(around(element)).includes(element) ? [refuseElement] : [])
}

/** The element and everything that stands in it; what it only refers to stands elsewhere. */
function* insideOf(element: Moddle): Generator<Moddle> {
  yield element
  for (const property of Object.keys(element)) {
    const children = Array.isArray(element[property]) ? listOf(element, property) : [element[property] as Moddle]
    for (const child of children) if (child?.$parent === element) yield* insideOf(child)
  }
}
