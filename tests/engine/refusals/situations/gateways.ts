import {
  asJob, cycleTimer, diagram, end, flow, inPath, message, path, signal, start, timer, when, work, type Situation,
} from '../draw.ts'

/** A gateway called `it`, behind the start, with these flows to `one` and `two`. */
const fork = (gateway: string, flows: string): string => `${start}${gateway}${work('one')}${work('two')}${path('start', 'it')}${flows}`
const exclusive = (flows: string, attributes = ''): string => diagram(fork(`<exclusiveGateway id="it" ${attributes}/>`, flows))
const inclusive = (flows: string, attributes = ''): string => diagram(fork(`<inclusiveGateway id="it" ${attributes}/>`, flows))
const parallel = (flows: string): string => diagram(fork('<parallelGateway id="it"/>', flows))

const ready = when('= isReady')
const caught = (id: string, definition: string): string => `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`
const pays = caught('one', message)
const waits = caught('two', timer)
const eventBased = (events: string, flows = path('it', 'one') + path('it', 'two'), attributes = ''): string =>
  diagram(`${start}<eventBasedGateway id="it" ${attributes}/>${path('start', 'it')}${events}${flows}`)

/** Where ways part and meet. */
export const gatewaySituations: Situation[] = [
  { name: 'an exclusive gateway with a condition and a default', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two'), 'default="it--two"') },
  { name: 'an exclusive gateway with two conditions', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two', when('= not(isReady)'))) },
  { name: 'an exclusive gateway with a condition and a flow without one', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two')) },
  { name: 'an exclusive gateway with two flows without conditions', xml: exclusive(flow('it', 'one') + flow('it', 'two')) },
  { name: 'an exclusive gateway with one flow without a condition', xml: exclusive(flow('it', 'one')) },
  { name: 'an exclusive gateway with one conditional flow', xml: exclusive(flow('it', 'one', ready)) },
  { name: 'an exclusive gateway whose default has a condition', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="it--two"') },
  { name: 'an exclusive gateway whose default is another\'s flow', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="start--it"') },
  { name: 'an exclusive gateway whose default is the flow of another and one has no condition', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two'), 'default="start--it"') },
  { name: 'an exclusive gateway whose default does not exist', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="nowhere"') },
  { name: 'an exclusive gateway whose default is no flow', xml: exclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="one"') },
  { name: 'an exclusive gateway that leads nowhere', xml: exclusive('') },
  { name: 'an exclusive gateway that only joins', xml: diagram(`${start}<exclusiveGateway id="it"/>${end}${work('one')}${path('start', 'it', 'end')}${path('start', 'one', 'it')}`) },
  { name: 'an inclusive gateway with a condition and a default', xml: inclusive(flow('it', 'one', ready) + flow('it', 'two'), 'default="it--two"') },
  { name: 'an inclusive gateway with two conditions', xml: inclusive(flow('it', 'one', ready) + flow('it', 'two', ready)) },
  { name: 'an inclusive gateway with a condition and a flow without one', xml: inclusive(flow('it', 'one', ready) + flow('it', 'two')) },
  { name: 'an inclusive gateway with two flows without conditions', xml: inclusive(flow('it', 'one') + flow('it', 'two')) },
  { name: 'an inclusive gateway with one flow without a condition', xml: inclusive(flow('it', 'one')) },
  { name: 'an inclusive gateway whose default has a condition', xml: inclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="it--two"') },
  { name: 'an inclusive gateway whose default is another\'s flow', xml: inclusive(flow('it', 'one', ready) + flow('it', 'two', ready), 'default="start--it"') },
  { name: 'an inclusive gateway that leads nowhere', xml: inclusive('') },
  { name: 'an inclusive gateway that joins', xml: diagram(`${start}<inclusiveGateway id="it"/>${end}${work('one')}${path('start', 'it', 'end')}${path('start', 'one', 'it')}`) },
  { name: 'a parallel gateway that forks', xml: parallel(flow('it', 'one') + flow('it', 'two')) },
  { name: 'a parallel gateway with a condition behind it', xml: parallel(flow('it', 'one', ready) + flow('it', 'two')) },
  { name: 'a parallel gateway with a default', xml: diagram(fork('<parallelGateway id="it" default="it--one"/>', flow('it', 'one') + flow('it', 'two'))) },
  { name: 'a parallel gateway that forks and joins', xml: diagram(`${start}<parallelGateway id="fork"/>${work('one')}${work('two')}<parallelGateway id="join"/>${path('start', 'fork', 'one', 'join')}${path('fork', 'two', 'join')}`) },
  { name: 'a parallel gateway that leads nowhere', xml: parallel('') },
  { name: 'a complex gateway', xml: diagram(inPath('<complexGateway id="it"/>')) },

  { name: 'an event-based gateway to a message and a timer', xml: eventBased(pays + waits) },
  { name: 'an event-based gateway to a message and a signal', xml: eventBased(pays + caught('two', signal)) },
  { name: 'an event-based gateway to two messages', xml: eventBased(pays + caught('two', '<messageEventDefinition messageRef="other-message"/>')) },
  { name: 'an event-based gateway to one message twice', xml: eventBased(pays + caught('two', message)) },
  { name: 'an event-based gateway to one signal twice', xml: eventBased(caught('one', signal) + caught('two', signal)) },
  { name: 'an event-based gateway to two timers', xml: eventBased(caught('one', '<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>') + waits) },
  { name: 'an event-based gateway to a cycle', xml: eventBased(pays + caught('two', cycleTimer)) },
  { name: 'an event-based gateway to one event', xml: eventBased(pays, path('it', 'one')) },
  { name: 'an event-based gateway that leads nowhere', xml: eventBased('', '') },
  { name: 'an event-based gateway to a job', xml: eventBased(pays + work('two')) },
  { name: 'an event-based gateway to a receive task', xml: eventBased(`${pays}<receiveTask id="two" messageRef="other-message"/>`) },
  { name: 'an event-based gateway to a gateway', xml: eventBased(`${pays}<exclusiveGateway id="two"/>`) },
  { name: 'an event-based gateway to an end', xml: eventBased(`${pays}<endEvent id="two"/>`) },
  { name: 'an event-based gateway to a throw event', xml: eventBased(`${pays}<intermediateThrowEvent id="two"/>`) },
  { name: 'an event-based gateway to a place a link leads to', xml: eventBased(pays + caught('two', '<linkEventDefinition name="archive"/>')) },
  { name: 'an event-based gateway to an event that is reached from elsewhere too', xml: eventBased(`${pays}${waits}${work('other')}${path('start', 'other', 'two')}`) },
  { name: 'an event-based gateway to an event of two gateways', xml: eventBased(`${pays}${waits}<eventBasedGateway id="also"/>${caught('three', signal)}${path('start', 'also', 'two')}${path('also', 'three')}`) },
  { name: 'an event-based gateway with a condition behind it', xml: eventBased(pays + waits, flow('it', 'one', ready) + path('it', 'two')) },
  { name: 'an event-based gateway that starts a process', xml: diagram(`<startEvent id="start"/><eventBasedGateway id="it" instantiate="true"/>${pays}${waits}${path('it', 'one')}${path('it', 'two')}`) },
  { name: 'an event-based gateway that waits for all its events', xml: eventBased(pays + waits, undefined, 'eventGatewayType="Parallel"') },

  { name: 'a task with two ways on', xml: diagram(`${start}${work('it')}${work('one')}${work('two')}${path('start', 'it', 'one')}${path('it', 'two')}`) },
  { name: 'a task with a condition behind it', xml: diagram(`${start}${work('it')}${work('one')}${path('start', 'it')}${flow('it', 'one', ready)}`) },
  { name: 'a task with a default flow', xml: diagram(`${start}<serviceTask id="it" default="it--two">${asJob}</serviceTask>${work('one')}${work('two')}${path('start', 'it')}${flow('it', 'one', ready)}${flow('it', 'two')}`) },
  { name: 'a start event with a condition behind it', xml: diagram(`${start}${work('it')}${flow('start', 'it', ready)}`) },
  { name: 'a sub-process with a condition behind it', xml: diagram(`${start}<subProcess id="it"><startEvent id="begin"/></subProcess>${work('one')}${path('start', 'it')}${flow('it', 'one', ready)}`) },
  { name: 'a catch event with a condition behind it', xml: diagram(`${start}${caught('it', timer)}${work('one')}${path('start', 'it')}${flow('it', 'one', ready)}`) },
  { name: 'an exclusive gateway with a default alone', xml: exclusive(flow('it', 'one'), 'default="it--one"') },
  { name: 'an inclusive gateway with one conditional flow', xml: inclusive(flow('it', 'one', ready)) },
  { name: 'an inclusive gateway whose default has none beside it', xml: inclusive(flow('it', 'one'), 'default="it--one"') },
  { name: 'a condition without a type', xml: exclusive(flow('it', 'one', '<conditionExpression>= isReady</conditionExpression>') + flow('it', 'two'), 'default="it--two"') },
  { name: 'a task nobody comes to', xml: diagram(`${inPath(work('it'))}${work('alone')}`) },
  { name: 'a loop back', xml: diagram(`${start}${work('it')}<exclusiveGateway id="again" default="again--end"/>${end}${path('start', 'it', 'again')}${flow('again', 'it', ready)}${flow('again', 'end')}`) },
  { name: 'a flow from a task to itself', xml: diagram(`${start}${work('it')}${path('start', 'it', 'it')}`) },
  { name: 'two flows between the same two', xml: diagram(`${start}${work('it')}${path('start', 'it')}<sequenceFlow id="again" sourceRef="start" targetRef="it"/>`) },
]
