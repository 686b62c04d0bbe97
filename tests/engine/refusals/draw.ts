import { listFlows } from '../listFlows.ts'

/** One diagram for one situation, written as the least XML that shows it. */
export interface Situation {
  /** What is drawn, in words; no two are the same. */
  readonly name: string
  readonly xml: string
}

/** What events of every kind refer to, so that a situation writes only what it is about. */
const declared = `
  <message id="message" name="fee-paid"><extensionElements><zeebe:subscription correlationKey="= caseId"/></extensionElements></message>
  <message id="other-message" name="file-sent"><extensionElements><zeebe:subscription correlationKey="= caseId"/></extensionElements></message>
  <signal id="signal" name="office-closed"/>
  <signal id="other-signal" name="office-open"/>
  <error id="error" errorCode="no-such-person"/>
  <error id="other-error" errorCode="no-such-parcel"/>
  <escalation id="escalation" escalationCode="late"/>
  <escalation id="other-escalation" escalationCode="very-late"/>`

/** A file with these root elements. BPMN needs no prefix in it. */
export function file(rootElements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="definitions" targetNamespace="http://salter.example/refusals" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:other="http://salter.example/other">
${listFlows(rootElements)}
</definitions>`
}

/** An executable process of these elements, and what else stands beside it in the file. */
export function diagram(elements: string, beside = ''): string {
  return file(`  <process id="process" isExecutable="true">${elements}</process>${declared}${beside}`)
}

export const start = '<startEvent id="start"/>'
export const end = '<endEvent id="end"/>'

export const timer = '<timerEventDefinition id="timer"><timeDuration>PT1H</timeDuration></timerEventDefinition>'
export const cycleTimer = '<timerEventDefinition id="timer"><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>'
export const message = '<messageEventDefinition messageRef="message"/>'
export const signal = '<signalEventDefinition signalRef="signal"/>'
export const error = '<errorEventDefinition errorRef="error"/>'
export const escalation = '<escalationEventDefinition escalationRef="escalation"/>'
export const compensation = '<compensateEventDefinition/>'
export const link = '<linkEventDefinition name="archive"/>'
export const terminate = '<terminateEventDefinition/>'
export const cancel = '<cancelEventDefinition/>'
export const conditional = '<conditionalEventDefinition><condition xsi:type="tFormalExpression">= income &lt; 100</condition></conditionalEventDefinition>'

export const jobType = '<zeebe:taskDefinition type="send-receipt"/>'
export const asJob = extension(jobType)

export function extension(content: string): string {
  return `<extensionElements>${content}</extensionElements>`
}

/** A service task that nothing can be said against. */
export function work(id: string): string {
  return `<serviceTask id="${id}">${asJob}</serviceTask>`
}

export function flow(from: string, to: string, inside = ''): string {
  return `<sequenceFlow id="${from}--${to}" sourceRef="${from}" targetRef="${to}">${inside}</sequenceFlow>`
}

/** Flows from each to the next. */
export function path(...ids: string[]): string {
  return ids.slice(1).map((to, index) => flow(ids[index]!, to)).join('')
}

export function when(condition: string): string {
  return `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>`
}

/** The element called `it`, between a start and an end. */
export function inPath(element: string): string {
  return `${start}${element}${end}${path('start', 'it', 'end')}`
}

/** Events on the border of `task`; what follows them is drawn by the situation. */
export function onBorder(events: string, task = work('task')): string {
  return `${start}${task}${end}${path('start', 'task', 'end')}${events}`
}

/** A boundary event called `it`, and the end it leads to. */
export function border(definition: string, attributes = ''): string {
  return onBorder(`<boundaryEvent id="it" attachedToRef="task" ${attributes}>${definition}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`)
}

/** A sub-process called `inside` with these elements, between a start and an end. */
export function subProcess(elements: string): string {
  return `${start}<subProcess id="inside">${elements}</subProcess>${end}${path('start', 'inside', 'end')}`
}

/** An event sub-process called `aside` that begins by the start event `it`, beside a process of one job. */
export function eventSubProcess(definition: string, attributes = ''): string {
  return `${inPath(work('it'))}${aside('aside', `<startEvent id="begins" ${attributes}>${definition}</startEvent>`)}`
}

export function aside(id: string, elements: string): string {
  return `<subProcess id="${id}" triggeredByEvent="true">${elements}</subProcess>`
}
