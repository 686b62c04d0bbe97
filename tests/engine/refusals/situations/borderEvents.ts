import {
  aside, border, cancel, conditional, cycleTimer, diagram, end, error, escalation, extension, flow, link, message, onBorder, path, signal, start, terminate, timer, when, work,
  type Situation,
} from '../draw.ts'

const goesOn = 'cancelActivity="false"'
const dated = '<timerEventDefinition><timeDate>2027-01-04T08:00:00Z</timeDate></timerEventDefinition>'
const cron = '<timerEventDefinition><timeCycle>0 0 8 * * MON-FRI</timeCycle></timerEventDefinition>'

/** Two events on the border of one task. */
const both = (first: string, second: string, task = work('task')): string => onBorder(
  `<boundaryEvent id="it" attachedToRef="task">${first}</boundaryEvent><boundaryEvent id="also" attachedToRef="task">${second}</boundaryEvent>
  <endEvent id="instead"/>${path('it', 'instead')}${path('also', 'instead')}`, task)

const onSubProcess = (definition: string): string => onBorder(
  `<boundaryEvent id="it" attachedToRef="task">${definition}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`,
  '<subProcess id="task"><startEvent id="begin"/></subProcess>')

const receives = '<receiveTask id="task" messageRef="message"/>'

/** Events on the border of an activity. */
export const borderSituations: Situation[] = [
  { name: 'a border event for a message', xml: diagram(border(message)) },
  { name: 'a border event for a message that lets the task go on', xml: diagram(border(message, goesOn)) },
  { name: 'a border event for a duration', xml: diagram(border(timer)) },
  { name: 'a border event for a duration that lets the task go on', xml: diagram(border(timer, goesOn)) },
  { name: 'a border event for a date', xml: diagram(border(dated)) },
  { name: 'a border event for a cycle that ends the task', xml: diagram(border(cycleTimer)) },
  { name: 'a border event for a cycle that lets the task go on', xml: diagram(border(cycleTimer, goesOn)) },
  { name: 'a border event for a cron line that lets the task go on', xml: diagram(border(cron, goesOn)) },
  { name: 'a border event for an error', xml: diagram(border(error)) },
  { name: 'a border event for an error that lets the task go on', xml: diagram(border(error, goesOn)) },
  { name: 'a border event for every error', xml: diagram(border('<errorEventDefinition/>')) },
  { name: 'a border event for an error without a code', xml: diagram(border('<errorEventDefinition errorRef="codeless"/>'), '<error id="codeless"/>') },
  { name: 'a border event for an error with an empty code', xml: diagram(border('<errorEventDefinition errorRef="codeless"/>'), '<error id="codeless" errorCode=""/>') },
  { name: 'a border event for an error whose code is an expression', xml: diagram(border('<errorEventDefinition errorRef="computed"/>'), '<error id="computed" errorCode="= reason"/>') },
  { name: 'a border event for a signal', xml: diagram(border(signal)) },
  { name: 'a border event for a signal that lets the task go on', xml: diagram(border(signal, goesOn)) },
  { name: 'a border event for an escalation of a service task', xml: diagram(border(escalation)) },
  { name: 'a border event for an escalation of a service task that lets it go on', xml: diagram(border(escalation, goesOn)) },
  {
    name: 'a border event for an escalation of a sub-process',
    xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task" ${goesOn}>${escalation}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`,
      `<subProcess id="task"><startEvent id="begin"/><endEvent id="late">${escalation}</endEvent>${path('begin', 'late')}</subProcess>`)),
  },
  {
    name: 'a border event for every escalation of a call',
    xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${'<escalationEventDefinition/>'}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`,
      `<callActivity id="task">${extension('<zeebe:calledElement processId="opinion"/>')}</callActivity>`)),
  },
  {
    name: 'a border event for an escalation whose code is an expression',
    xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task"><escalationEventDefinition escalationRef="computed"/></boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`,
      `<callActivity id="task">${extension('<zeebe:calledElement processId="opinion"/>')}</callActivity>`), '<escalation id="computed" escalationCode="= level"/>'),
  },
  { name: 'a border event for a condition', xml: diagram(border(conditional)) },
  { name: 'a border event for a cancellation', xml: diagram(border(cancel)) },
  { name: 'a border event for a link', xml: diagram(border(link)) },
  { name: 'a border event for a termination', xml: diagram(border(terminate)) },
  { name: 'a border event of no kind', xml: diagram(border('')) },
  { name: 'a border event with two definitions', xml: diagram(border(message + signal)) },
  { name: 'a border event that leads nowhere', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent>`)) },
  { name: 'a border event with two ways on', xml: diagram(`${border(timer)}<endEvent id="too"/>${path('it', 'too')}`) },
  { name: 'a border event that is attached to nothing', xml: diagram(`${start}<boundaryEvent id="it">${timer}</boundaryEvent>${end}${path('it', 'end')}`) },
  { name: 'a border event that is attached to an element that does not exist', xml: diagram(`${start}<boundaryEvent id="it" attachedToRef="nowhere">${timer}</boundaryEvent>${end}${path('it', 'end')}`) },
  { name: 'a border event on a gateway', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, '<exclusiveGateway id="task"/>')) },
  { name: 'a border event on a manual task', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, '<manualTask id="task"/>')) },
  { name: 'a border event on a task of no kind', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, '<task id="task"/>')) },
  { name: 'a border event on a script task', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, `<scriptTask id="task">${extension('<zeebe:script expression="= 1" resultVariable="one"/>')}</scriptTask>`)) },
  { name: 'a flow into a border event', xml: diagram(`${start}${work('task')}${work('also')}<endEvent id="instead"/><boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent>${path('start', 'task', 'also', 'it', 'instead')}`) },
  { name: 'border events for two errors', xml: diagram(both(error, '<errorEventDefinition errorRef="other-error"/>')) },
  { name: 'border events for an error and for every error', xml: diagram(both(error, '<errorEventDefinition/>')) },
  { name: 'two border events for one error', xml: diagram(both(error, error)) },
  { name: 'border events for two errors of one code', xml: diagram(both(error, '<errorEventDefinition errorRef="namesake"/>'), '<error id="namesake" errorCode="no-such-person"/>') },
  { name: 'two border events for every error', xml: diagram(both('<errorEventDefinition/>', '<errorEventDefinition/>')) },
  { name: 'border events for two messages', xml: diagram(both(message, '<messageEventDefinition messageRef="other-message"/>')) },
  { name: 'two border events for one message', xml: diagram(both(message, message)) },
  { name: 'two border events for one signal', xml: diagram(both(signal, signal)) },
  { name: 'border events for two signals', xml: diagram(both(signal, '<signalEventDefinition signalRef="other-signal"/>')) },
  { name: 'two border events for durations', xml: diagram(both(timer.replace('id="timer"', ''), timer)) },
  { name: 'two border events for one escalation', xml: diagram(both(escalation, escalation, `<subProcess id="task"><startEvent id="begin"/></subProcess>`)) },
  { name: 'border events for two escalations', xml: diagram(both(escalation, '<escalationEventDefinition escalationRef="other-escalation"/>', `<subProcess id="task"><startEvent id="begin"/></subProcess>`)) },
  { name: 'two border events for every escalation', xml: diagram(both('<escalationEventDefinition/>', '<escalationEventDefinition/>', `<subProcess id="task"><startEvent id="begin"/></subProcess>`)) },
  { name: 'a receive task with a border event for its own message', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${message}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, receives)) },
  { name: 'a receive task with a border event for another message', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task"><messageEventDefinition messageRef="other-message"/></boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, receives)) },
  { name: 'one message on the border of two tasks', xml: diagram(`${border(message)}${work('second')}<boundaryEvent id="on-second" attachedToRef="second">${message}</boundaryEvent>${path('on-second', 'instead')}`) },
  { name: 'a border event for an error that does not exist', xml: diagram(border('<errorEventDefinition errorRef="nowhere"/>')) },
  { name: 'border events for every error and for an error without a code', xml: diagram(both('<errorEventDefinition/>', '<errorEventDefinition errorRef="codeless"/>'), '<error id="codeless"/>') },
  { name: 'border events for two messages of one name', xml: diagram(both(message, '<messageEventDefinition messageRef="namesake"/>'), `<message id="namesake" name="fee-paid">${extension('<zeebe:subscription correlationKey="= caseId"/>')}</message>`) },
  { name: 'border events for two signals of one name', xml: diagram(both(signal, '<signalEventDefinition signalRef="namesake"/>'), '<signal id="namesake" name="office-closed"/>') },
  { name: 'border events for every escalation and for an escalation without a code', xml: diagram(both('<escalationEventDefinition/>', '<escalationEventDefinition escalationRef="codeless"/>', '<subProcess id="task"><startEvent id="begin"/></subProcess>'), '<escalation id="codeless"/>') },
  { name: 'a border event for an escalation that does not exist', xml: diagram(onSubProcess('<escalationEventDefinition escalationRef="nowhere"/>')) },
  { name: 'a border event for an escalation without a code', xml: diagram(onSubProcess('<escalationEventDefinition escalationRef="codeless"/>'), '<escalation id="codeless"/>') },
  { name: 'a border event for a message without a message', xml: diagram(border('<messageEventDefinition/>')) },
  { name: 'a border event for a message without a name', xml: diagram(border('<messageEventDefinition messageRef="nameless"/>'), '<message id="nameless"/>') },
  { name: 'a border event for a message without a subscription', xml: diagram(border('<messageEventDefinition messageRef="bare"/>'), '<message id="bare" name="paid"/>') },
  { name: 'a border event for a signal without a signal', xml: diagram(border('<signalEventDefinition/>')) },
  { name: 'a border event for an error on a sub-process with an event sub-process for the same', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${error}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, `<subProcess id="task"><startEvent id="begin"/>${aside('aside', `<startEvent id="begins">${error}</startEvent>`)}</subProcess>`)) },
  { name: 'a condition behind a border event', xml: diagram(`${onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>`)}${flow('it', 'instead', when('= isReady'))}`) },
]
