import type { Moddle } from './moddle.ts'

const byBpmnName = {
  'bpmn:Process': 'PROCESS',
  'bpmn:SubProcess': 'SUB_PROCESS',
  'bpmn:StartEvent': 'START_EVENT',
  'bpmn:IntermediateCatchEvent': 'INTERMEDIATE_CATCH_EVENT',
  'bpmn:IntermediateThrowEvent': 'INTERMEDIATE_THROW_EVENT',
  'bpmn:BoundaryEvent': 'BOUNDARY_EVENT',
  'bpmn:EndEvent': 'END_EVENT',
  'bpmn:ServiceTask': 'SERVICE_TASK',
  'bpmn:ReceiveTask': 'RECEIVE_TASK',
  'bpmn:UserTask': 'USER_TASK',
  'bpmn:ManualTask': 'MANUAL_TASK',
  'bpmn:Task': 'TASK',
  'bpmn:BusinessRuleTask': 'BUSINESS_RULE_TASK',
  'bpmn:ScriptTask': 'SCRIPT_TASK',
  'bpmn:SendTask': 'SEND_TASK',
  'bpmn:CallActivity': 'CALL_ACTIVITY',
  'bpmn:ExclusiveGateway': 'EXCLUSIVE_GATEWAY',
  'bpmn:ParallelGateway': 'PARALLEL_GATEWAY',
  'bpmn:InclusiveGateway': 'INCLUSIVE_GATEWAY',
  'bpmn:EventBasedGateway': 'EVENT_BASED_GATEWAY',
} as const

/** What an element is to those who draw it, in the words of Zeebe's records and messages. Several of them may run as one kind. */
export type ElementType =
  | (typeof byBpmnName)[keyof typeof byBpmnName] | 'EVENT_SUB_PROCESS' | 'MULTI_INSTANCE_BODY' | 'SEQUENCE_FLOW' | 'UNSPECIFIED'

/** The type of what was drawn. That it is repeated makes another element around it, whose type is not told here. */
export function elementTypeOf(element: Moddle): ElementType {
  if (element.triggeredByEvent === true) return 'EVENT_SUB_PROCESS'
  return (byBpmnName as Record<string, ElementType>)[element.$type] ?? 'UNSPECIFIED'
}
