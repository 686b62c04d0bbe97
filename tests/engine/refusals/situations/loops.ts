import { asJob, diagram, extension, inPath, onBorder, path, timer, type Situation } from '../draw.ts'

const over = (attributes: string): string => extension(`<zeebe:loopCharacteristics ${attributes}/>`)
const loop = (content: string, attributes = ''): string => `<multiInstanceLoopCharacteristics ${attributes}>${content}</multiInstanceLoopCharacteristics>`
const each = (content: string, attributes = ''): string => diagram(inPath(`<serviceTask id="it">${asJob}${loop(content, attributes)}</serviceTask>`))
const offices = over('inputCollection="= offices" inputElement="office"')

/** Activities that are done several times. */
export const loopSituations: Situation[] = [
  { name: 'a task for each of a list', xml: each(offices) },
  { name: 'a task for each of a list, one after the other', xml: each(offices, 'isSequential="true"') },
  { name: 'a task for each without a list', xml: each('') },
  { name: 'a task for each of a list that is not named', xml: each(over('inputElement="office"')) },
  { name: 'a task for each of a list with an empty name', xml: each(over('inputCollection=""')) },
  { name: 'a task for each of two lists', xml: each(extension('<zeebe:loopCharacteristics inputCollection="= a"/><zeebe:loopCharacteristics inputCollection="= b"/>')) },
  { name: 'a task for each without a name for the one', xml: each(over('inputCollection="= offices"')) },
  { name: 'a task for each that collects', xml: each(over('inputCollection="= offices" outputCollection="opinions" outputElement="= opinion"')) },
  { name: 'a task for each that collects into nothing', xml: each(over('inputCollection="= offices" outputElement="= opinion"')) },
  { name: 'a task for each that collects nothing', xml: each(over('inputCollection="= offices" outputCollection="opinions"')) },
  { name: 'a task for each that collects an empty element', xml: each(over('inputCollection="= offices" outputCollection="opinions" outputElement=""')) },
  { name: 'a task for each that stops early', xml: each(`${offices}<completionCondition xsi:type="tFormalExpression">= numberOfCompletedInstances &gt; 1</completionCondition>`) },
  { name: 'a task for each with an empty condition to stop', xml: each(`${offices}<completionCondition xsi:type="tFormalExpression"></completionCondition>`) },
  { name: 'a task a fixed number of times', xml: each('<loopCardinality xsi:type="tFormalExpression">3</loopCardinality>') },
  { name: 'a sub-process for each of a list', xml: diagram(inPath(`<subProcess id="it">${loop(offices)}<startEvent id="begin"/></subProcess>`)) },
  { name: 'a call for each of a list', xml: diagram(inPath(`<callActivity id="it">${extension('<zeebe:calledElement processId="opinion"/>')}${loop(offices)}</callActivity>`)) },
  { name: 'a user task for each of a list', xml: diagram(inPath(`<userTask id="it">${loop(offices)}</userTask>`)) },
  { name: 'a receive task for each of a list', xml: diagram(inPath(`<receiveTask id="it" messageRef="message">${loop(offices)}</receiveTask>`)) },
  { name: 'a manual task for each of a list', xml: diagram(inPath(`<manualTask id="it">${loop(offices)}</manualTask>`)) },
  { name: 'a task for each of a list with an event on its border', xml: diagram(onBorder(`<boundaryEvent id="it" attachedToRef="task">${timer}</boundaryEvent><endEvent id="instead"/>${path('it', 'instead')}`, `<serviceTask id="task">${asJob}${loop(offices)}</serviceTask>`)) },
  { name: 'a task that loops while a condition holds', xml: diagram(inPath(`<serviceTask id="it">${asJob}<standardLoopCharacteristics/></serviceTask>`)) },
  { name: 'an event sub-process for each of a list', xml: diagram(`<startEvent id="start"/><subProcess id="aside" triggeredByEvent="true">${loop(offices)}<startEvent id="begins"><messageEventDefinition messageRef="message"/></startEvent></subProcess>`) },
]
