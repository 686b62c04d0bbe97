import { aside, asJob, compensation, diagram, end, extension, message, onBorder, path, start, timer, work, type Situation } from '../draw.ts'

const handler = (id = 'undo', type = 'serviceTask', content = asJob): string => `<${type} id="${id}" isForCompensation="true">${content}</${type}>`
const undo = handler()
const catches = `<boundaryEvent id="it" attachedToRef="task">${compensation}</boundaryEvent>`
const associated = (handlerId = 'undo', from = 'it'): string => `<association id="${from}-undone-by-${handlerId}" sourceRef="${from}" targetRef="${handlerId}"/>`

/** A task that can be undone; the associations stand last, as the schema wants them. */
const undoable = (beside = undo, associations = associated(), task = work('task')): string => onBorder(catches + beside, task) + associations
const ending = (definition: string): string =>
  `${start}${work('task')}<endEvent id="back">${definition}</endEvent>${path('start', 'task', 'back')}${catches}${undo}${associated()}`
const throwing = (definition: string): string =>
  `${start}${work('task')}<intermediateThrowEvent id="back">${definition}</intermediateThrowEvent>${end}${path('start', 'task', 'back', 'end')}${catches}${undo}${associated()}`
const inside = `<subProcess id="inside"><startEvent id="begin"/>${work('task')}${path('begin', 'task')}${catches}${undo}${associated()}</subProcess>`
const afterInside = (activity: string): string =>
  `${start}${inside}<endEvent id="back"><compensateEventDefinition activityRef="${activity}"/></endEvent>${path('start', 'inside', 'back')}`

/** What takes back what was done. */
export const compensationSituations: Situation[] = [
  { name: 'compensation on the border, with its handler', xml: diagram(undoable()) },
  { name: 'compensation on the border, without a handler', xml: diagram(onBorder(catches)) },
  { name: 'a compensation handler that is not marked as one', xml: diagram(undoable(work('undo'))) },
  { name: 'a compensation handler that nothing is associated with', xml: diagram(onBorder(undo)) },
  { name: 'a compensation handler with a way on', xml: diagram(undoable(`${undo}<endEvent id="after"/>${path('undo', 'after')}`)) },
  { name: 'a compensation handler with a way to it', xml: diagram(undoable(`${undo}${work('before')}${path('before', 'undo')}`)) },
  { name: 'a marked handler with a way to it that nothing is associated with', xml: diagram(`${start}${undo}${path('start', 'undo')}`) },
  { name: 'a marked handler with a way on that nothing is associated with', xml: diagram(`${start}${undo}${end}${path('undo', 'end')}`) },
  { name: 'a compensation handler with an event on its border', xml: diagram(undoable(`${undo}<boundaryEvent id="late" attachedToRef="undo">${timer}</boundaryEvent><endEvent id="after"/>${path('late', 'after')}`)) },
  { name: 'two compensation handlers at one event', xml: diagram(undoable(undo + handler('undo-too'), associated() + associated('undo-too'))) },
  { name: 'a compensation event with a flow to its handler', xml: diagram(onBorder(catches + undo + path('it', 'undo'))) },
  { name: 'a compensation event with a flow and an association', xml: diagram(undoable(`${undo}<endEvent id="after"/>${path('it', 'after')}`)) },
  { name: 'two compensation events on one border', xml: diagram(undoable(`${undo}<boundaryEvent id="also" attachedToRef="task">${compensation}</boundaryEvent>${handler('undo-too')}`, associated() + associated('undo-too', 'also'))) },
  { name: 'a compensation event that lets the task go on', xml: diagram(onBorder(catches.replace('attachedToRef', 'cancelActivity="false" attachedToRef') + undo) + associated()) },
  { name: 'an association that leads to the compensation event', xml: diagram(undoable(undo, '<association id="backwards" sourceRef="undo" targetRef="it"/>')) },
  { name: 'a compensation handler that is a sub-process', xml: diagram(undoable(handler('undo', 'subProcess', '<startEvent id="begin"/>'))) },
  { name: 'a compensation handler that is a call', xml: diagram(undoable(handler('undo', 'callActivity', extension('<zeebe:calledElement processId="undo-opinion"/>')))) },
  { name: 'a compensation handler that is a user task', xml: diagram(undoable(handler('undo', 'userTask', ''))) },
  { name: 'a compensation handler for each of a list', xml: diagram(undoable(handler('undo', 'serviceTask', `${asJob}<multiInstanceLoopCharacteristics>${extension('<zeebe:loopCharacteristics inputCollection="= offices"/>')}</multiInstanceLoopCharacteristics>`))) },
  { name: 'compensation on the border of a sub-process', xml: diagram(undoable(undo, associated(), '<subProcess id="task"><startEvent id="begin"/></subProcess>')) },
  { name: 'compensation on the border of a call', xml: diagram(undoable(undo, associated(), `<callActivity id="task">${extension('<zeebe:calledElement processId="opinion"/>')}</callActivity>`)) },
  { name: 'compensation on the border of a task for each of a list', xml: diagram(undoable(undo, associated(), `<serviceTask id="task">${asJob}<multiInstanceLoopCharacteristics>${extension('<zeebe:loopCharacteristics inputCollection="= offices"/>')}</multiInstanceLoopCharacteristics></serviceTask>`)) },
  { name: 'compensation on the border beside a message', xml: diagram(undoable(`${undo}<boundaryEvent id="also" attachedToRef="task">${message}</boundaryEvent><endEvent id="after"/>${path('also', 'after')}`)) },
  { name: 'a compensation end of everything', xml: diagram(ending(compensation)) },
  { name: 'a compensation end of one activity', xml: diagram(ending('<compensateEventDefinition activityRef="task"/>')) },
  { name: 'a compensation end of an activity that does not exist', xml: diagram(ending('<compensateEventDefinition activityRef="nowhere"/>')) },
  { name: 'a compensation end of an activity without a handler', xml: diagram(`${start}${work('task')}<endEvent id="back"><compensateEventDefinition activityRef="task"/></endEvent>${path('start', 'task', 'back')}`) },
  { name: 'a compensation end of an activity in another sub-process', xml: diagram(afterInside('task')) },
  { name: 'a compensation end of a sub-process', xml: diagram(afterInside('inside')) },
  { name: 'a compensation end of a gateway', xml: diagram(`${start}<parallelGateway id="gate"/><endEvent id="back"><compensateEventDefinition activityRef="gate"/></endEvent>${path('start', 'gate', 'back')}`) },
  { name: 'a compensation end that does not wait', xml: diagram(ending('<compensateEventDefinition waitForCompletion="false"/>')) },
  { name: 'a compensation end that waits', xml: diagram(ending('<compensateEventDefinition waitForCompletion="true"/>')) },
  { name: 'a compensation on the way of one activity', xml: diagram(throwing('<compensateEventDefinition activityRef="task"/>')) },
  { name: 'a compensation on the way of an activity that does not exist', xml: diagram(throwing('<compensateEventDefinition activityRef="nowhere"/>')) },
  { name: 'a compensation on the way that does not wait', xml: diagram(throwing('<compensateEventDefinition waitForCompletion="false"/>')) },
  { name: 'a compensation from an event sub-process of an activity around it', xml: diagram(`${undoable(undo + aside('aside', `<startEvent id="begins">${message}</startEvent><endEvent id="back"><compensateEventDefinition activityRef="task"/></endEvent>${path('begins', 'back')}`))}`) },
  { name: 'a compensation of nothing that was done', xml: diagram(`${start}<endEvent id="back">${compensation}</endEvent>${path('start', 'back')}`) },
  { name: 'an event sub-process for a compensation in a sub-process', xml: diagram(`${start}<subProcess id="inside"><startEvent id="begin"/>${aside('aside', `<startEvent id="begins">${compensation}</startEvent>`)}</subProcess>${path('start', 'inside')}`) },
]
