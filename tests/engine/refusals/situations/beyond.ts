import {
  aside, compensation, diagram, end, extension, file, flow, inPath, message, onBorder, path, start, when, work, type Situation,
} from '../draw.ts'

/** Refused here although the validators let it pass. */
export interface BeyondSituation extends Situation {
  /** Element our refusal names; the file as a whole has none. */
  readonly element: string
}

const jobType = '<zeebe:taskDefinition type="send-receipt"/>'
const subscribed = (name: string, key = '= caseId'): string => `<message id="topic" name="${name}">${extension(`<zeebe:subscription correlationKey="${key}"/>`)}</message>`
const service = (content: string): string => diagram(inPath(`<serviceTask id="it">${extension(content)}</serviceTask>`))
const mapped = (mapping: string): string => service(`${jobType}<zeebe:ioMapping>${mapping}</zeebe:ioMapping>`)
const user = (content: string): string => diagram(inPath(`<userTask id="it">${extension(content)}</userTask>`))
const waits = (time: string): string => diagram(inPath(`<intermediateCatchEvent id="it"><timerEventDefinition>${time}</timerEventDefinition></intermediateCatchEvent>`))
const waitsFor = (topic: string): string => diagram(inPath('<intermediateCatchEvent id="it"><messageEventDefinition messageRef="topic"/></intermediateCatchEvent>'), topic)
const branches = (condition: string): string =>
  diagram(`${start}<exclusiveGateway id="it" default="it--end"/>${end}${work('one')}${path('start', 'it', 'end')}${flow('it', 'one', when(condition))}`)
const each = (attributes: string, inside = ''): string => diagram(inPath(`<serviceTask id="it">${extension(jobType)}<multiInstanceLoopCharacteristics>
  ${extension(`<zeebe:loopCharacteristics ${attributes}/>`)}${inside}</multiInstanceLoopCharacteristics></serviceTask>`))
const publishing = `<messageEventDefinition messageRef="message">${extension('<zeebe:publishMessage correlationKey="= caseId"/>')}</messageEventDefinition>`

const undoing = `<boundaryEvent id="it" attachedToRef="task">${compensation}</boundaryEvent>`
const undone = '<association id="undone" sourceRef="it" targetRef="undo"/>'

/**
 * What Zeebe itself finds only when it compiles the diagram: expressions that cannot be parsed or must be ones, times that
 * are none, names and handlers that are needed later. By its documentation of expressions, timer events, messages, variable
 * mappings and compensation.
 */
export const compiledSituations: BeyondSituation[] = [
  { name: 'a condition that is no FEEL', element: 'it--one', xml: branches('= income &lt;') },
  { name: 'a condition that is plain text', element: 'it--one', xml: branches('isReady') },
  { name: 'an empty condition', element: 'it--one', xml: branches('') },
  { name: 'a condition with a function that does not exist', element: 'it--one', xml: branches('= is eligible(income)') },
  { name: 'a job type that is no FEEL', element: 'it', xml: service('<zeebe:taskDefinition type="= worker +"/>') },
  { name: 'retries that are no FEEL', element: 'it', xml: service('<zeebe:taskDefinition type="work" retries="= 1 +"/>') },
  { name: 'a mapping in whose source is no FEEL', element: 'it', xml: mapped('<zeebe:input source="= a +" target="b"/>') },
  { name: 'a mapping out whose source is no FEEL', element: 'it', xml: mapped('<zeebe:output source="= a +" target="b"/>') },
  { name: 'a mapping without a target', element: 'it', xml: mapped('<zeebe:input source="= a"/>') },
  { name: 'a mapping with an empty target', element: 'it', xml: mapped('<zeebe:output source="= a" target=""/>') },
  { name: 'a mapping whose target ends with a dot', element: 'it', xml: mapped('<zeebe:input source="= a" target="b."/>') },
  { name: 'a mapping whose target has a blank', element: 'it', xml: mapped('<zeebe:input source="= a" target="b c"/>') },
  { name: 'a script that is no FEEL', element: 'it', xml: diagram(inPath(`<scriptTask id="it">${extension('<zeebe:script expression="= 1 +" resultVariable="two"/>')}</scriptTask>`)) },
  { name: 'a correlation key that is plain text', element: 'it', xml: waitsFor(subscribed('paid', 'caseId')) },
  { name: 'a correlation key that is no FEEL', element: 'it', xml: waitsFor(subscribed('paid', '= case +')) },
  { name: 'the name of a message that is no FEEL', element: 'it', xml: waitsFor(subscribed('= topic +')) },
  { name: 'the name of a message to start by that needs a variable', element: 'process', xml: diagram('<startEvent id="start"><messageEventDefinition messageRef="topic"/></startEvent>', '<message id="topic" name="= topic"/>') },
  { name: 'two messages of one name to start by', element: 'process', xml: diagram(`<startEvent id="start">${message}</startEvent><startEvent id="also"><messageEventDefinition messageRef="namesake"/></startEvent>`, '<message id="namesake" name="fee-paid"/>') },
  { name: 'a duration that is none', element: 'it', xml: waits('<timeDuration>an hour</timeDuration>') },
  { name: 'a duration that is empty', element: 'it', xml: waits('<timeDuration></timeDuration>') },
  { name: 'a duration that is no FEEL', element: 'it', xml: waits('<timeDuration>= term +</timeDuration>') },
  { name: 'a date that is none', element: 'it', xml: waits('<timeDate>next Monday</timeDate>') },
  { name: 'a date without an offset', element: 'it', xml: waits('<timeDate>2027-01-04T08:00:00</timeDate>') },
  { name: 'a cycle that is none', element: 'begins', xml: diagram(inPath(work('it')) + aside('aside', '<startEvent id="begins" isInterrupting="false"><timerEventDefinition><timeCycle>10</timeCycle></timerEventDefinition></startEvent>')) },
  { name: 'a list to work through that is plain text', element: 'it', xml: each('inputCollection="offices"') },
  { name: 'a list to work through that is no FEEL', element: 'it', xml: each('inputCollection="= offices +"') },
  { name: 'an element to collect that is no FEEL', element: 'it', xml: each('inputCollection="= offices" outputCollection="opinions" outputElement="= a +"') },
  { name: 'a condition to stop early that is no FEEL', element: 'it', xml: each('inputCollection="= offices"', '<completionCondition xsi:type="tFormalExpression">= a +</completionCondition>') },
  { name: 'a called process that is no FEEL', element: 'it', xml: diagram(inPath(`<callActivity id="it">${extension('<zeebe:calledElement processId="= a +"/>')}</callActivity>`)) },
  { name: 'an assignee that is no FEEL', element: 'it', xml: user('<zeebe:assignmentDefinition assignee="= a +"/>') },
  { name: 'a form that is no FEEL', element: 'it', xml: user('<zeebe:formDefinition formId="= a +"/>') },
  { name: 'a due date that is none', element: 'it', xml: user('<zeebe:taskSchedule dueDate="tomorrow"/>') },
  { name: 'an error code to throw that is no FEEL', element: 'it', xml: diagram(`${start}<endEvent id="it"><errorEventDefinition errorRef="computed"/></endEvent>${path('start', 'it')}`, '<error id="computed" errorCode="= a +"/>') },
  { name: 'a compensation event with a flow to a task', element: 'it', xml: diagram(onBorder(undoing + work('instead') + path('it', 'instead'))) },
  { name: 'a compensation handler that is an end event', element: 'it', xml: diagram(`${onBorder(`${undoing}<endEvent id="undo"/>`)}${undone}`) },
  { name: 'a compensation handler that is a text annotation', element: 'it', xml: diagram(`${onBorder(undoing)}<textAnnotation id="undo"><text>by hand</text></textAnnotation>${undone}`) },
  { name: 'an element without an id', element: 'process > task', xml: diagram(`${start}<task/>`) },
  { name: 'a process without an id', element: 'definitions > process', xml: file(`<process isExecutable="true">${start}</process>`) },
]

/**
 * What Zeebe 8.5 knows nothing of, or knows and this engine does not do: passing it over would do something else than was
 * drawn. One of each kind is among the differences of `refusals.test.ts`; these are its relatives.
 */
export const unknownSituations: BeyondSituation[] = [
  { name: 'a native user task with a form by its id', element: 'it', xml: user('<zeebe:userTask/><zeebe:formDefinition formId="extract"/>') },
  { name: 'a native user task with a form kept elsewhere', element: 'it', xml: user('<zeebe:userTask/><zeebe:formDefinition externalReference="extract"/>') },
  { name: 'a listener of a user task', element: 'it > extensionElements > taskListeners', xml: user('<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="a"/></zeebe:taskListeners>') },
  { name: 'a call bound to a version tag', element: 'it > extensionElements > calledElement', xml: diagram(inPath(`<callActivity id="it">${extension('<zeebe:calledElement processId="opinion" bindingType="versionTag" versionTag="spring"/>')}</callActivity>`)) },
  { name: 'a form bound to the deployment', element: 'it > extensionElements > formDefinition', xml: user('<zeebe:formDefinition formId="extract" bindingType="deployment"/>') },
  { name: 'a decision bound to the deployment', element: 'it > extensionElements > calledDecision', xml: diagram(inPath(`<businessRuleTask id="it">${extension('<zeebe:calledDecision decisionId="fee" resultVariable="fee" bindingType="deployment"/>')}</businessRuleTask>`)) },
  { name: 'a send task that publishes its message itself', element: 'it', xml: diagram(inPath(`<sendTask id="it" messageRef="message">${extension('<zeebe:publishMessage correlationKey="= caseId"/>')}</sendTask>`)) },
  { name: 'a throw event that publishes its message itself', element: 'it', xml: diagram(inPath(`<intermediateThrowEvent id="it">${publishing}</intermediateThrowEvent>`)) },
  { name: 'an end event that publishes its message itself', element: 'it', xml: diagram(`${start}<endEvent id="it">${publishing}</endEvent>${path('start', 'it')}`) },
  { name: 'an id of Cyrillic letters', element: 'извод', xml: diagram(`${start}<task id="извод"/>`) },
]

export const beyondSituations: readonly BeyondSituation[] = [...compiledSituations, ...unknownSituations]
