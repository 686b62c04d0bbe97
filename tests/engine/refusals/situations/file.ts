import { diagram, end, file, inPath, path, start, work, type Situation } from '../draw.ts'

const executable = (id: string, elements: string, attributes = ''): string =>
  `<process id="${id}" isExecutable="true" ${attributes}>${elements}</process>`

/** The file as a whole: its XML, its processes, and what is drawn for people only. */
export const fileSituations: Situation[] = [
  { name: 'one executable process of a start event alone', xml: diagram(start) },
  { name: 'one executable process of a start, a job and an end', xml: diagram(inPath(work('it'))) },
  { name: 'a process that is not executable, and no other', xml: file(`<process id="process">${start}</process>`) },
  { name: 'a process that says it is not executable', xml: file(`<process id="process" isExecutable="false">${start}</process>`) },
  { name: 'two executable processes', xml: file(executable('one', start) + executable('two', '<startEvent id="start-of-two"/>')) },
  { name: 'an executable process beside one that is only drawn', xml: file(`<process id="drawn"><task id="talk"/></process>${executable('process', start)}`) },
  {
    name: 'an executable process beside one that is only drawn and has what no engine executes',
    xml: file(`<process id="drawn"><complexGateway id="unclear"/></process>${executable('process', start)}`),
  },
  { name: 'a second executable process without a start', xml: file(executable('one', start) + executable('two', '<task id="idle"/>')) },
  { name: 'no process at all', xml: file('<message id="message" name="fee-paid"/>') },
  { name: 'an executable process without elements', xml: file(executable('process', '')) },
  { name: 'a process with a name', xml: file(executable('process', start, 'name="Zahtev za izvod"')) },
  {
    name: 'pools: a process and a partner nobody drew',
    xml: file(`<collaboration id="collaboration"><participant id="office" processRef="process"/><participant id="citizen" name="Citizen"/>
      <messageFlow id="asks" sourceRef="citizen" targetRef="start"/></collaboration>${executable('process', start)}`),
  },
  {
    name: 'lanes',
    xml: diagram(`<laneSet id="lanes"><lane id="registry"><flowNodeRef>start</flowNodeRef></lane></laneSet>${start}`),
  },
  {
    name: 'a text annotation with its association',
    xml: diagram(`${start}<textAnnotation id="note"><text>At the counter</text></textAnnotation>
      <association id="noted" sourceRef="start" targetRef="note"/>`),
  },
  { name: 'a group', xml: diagram(`${start}<group id="together"/>`) },
  { name: 'a data object and its reference', xml: diagram(`${start}<dataObject id="file"/><dataObjectReference id="file-drawn" dataObjectRef="file"/>`) },
  { name: 'a data store reference', xml: diagram(`${start}<dataStoreReference id="archive"/>`) },
  { name: 'documentation on the process', xml: diagram(`<documentation>How an extract is made</documentation>${start}`) },
  {
    name: 'an extension of another vendor',
    xml: diagram(inPath('<manualTask id="it"><extensionElements><other:color value="red"/></extensionElements></manualTask>')),
  },
  { name: 'an attribute of another vendor', xml: diagram(inPath('<manualTask id="it" other:color="red"/>')) },
  {
    name: 'an extension of the engine that no version knows',
    xml: diagram(inPath('<manualTask id="it"><extensionElements><zeebe:wish/></extensionElements></manualTask>')),
  },
  {
    name: 'properties of the engine\'s extension on an element',
    xml: diagram(inPath('<manualTask id="it"><extensionElements><zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties></extensionElements></manualTask>')),
  },
  {
    name: 'a property without a name',
    xml: diagram(inPath('<manualTask id="it"><extensionElements><zeebe:properties><zeebe:property value="b"/></zeebe:properties></extensionElements></manualTask>')),
  },
  {
    name: 'a property without a value',
    xml: diagram(inPath('<manualTask id="it"><extensionElements><zeebe:properties><zeebe:property name="a"/></zeebe:properties></extensionElements></manualTask>')),
  },
  { name: 'a version tag of 8.6', xml: diagram(`<extensionElements><zeebe:versionTag value="spring"/></extensionElements>${start}`) },
  { name: 'an empty file', xml: '' },
  { name: 'text that is not XML', xml: 'a picture of a process' },
  { name: 'XML that ends half-way', xml: '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://salter.example/refusals"><process id="process"' },
  { name: 'XML that is not BPMN', xml: '<?xml version="1.0"?><letter><to>Ana</to></letter>' },
  { name: 'two elements with the same id', xml: diagram(`${start}<task id="twice"/><task id="twice"/>`) },
  { name: 'an element whose id begins with a digit', xml: diagram(`${start}<task id="1st"/>`) },
  { name: 'an element whose id has a blank', xml: diagram(`${start}<task id="first step"/>`) },
  { name: 'a process whose id begins with a digit', xml: file(executable('1st', start)) },
  { name: 'an element that BPMN does not know', xml: diagram(`${start}<wish id="wish"/>`) },
  { name: 'an attribute that BPMN does not know', xml: diagram('<startEvent id="start" color="red"/>') },
  { name: 'a lane of an element that does not exist', xml: diagram(`<laneSet id="lanes"><lane id="registry"><flowNodeRef>nowhere</flowNodeRef></lane></laneSet>${start}`) },
  { name: 'an association to an element that does not exist', xml: diagram(`${start}<association id="noted" sourceRef="start" targetRef="nowhere"/>`) },
  { name: 'a flow listed by an element that does not exist', xml: diagram('<startEvent id="start"><outgoing>nowhere</outgoing></startEvent>') },
  { name: 'an element whose id has a colon', xml: diagram('<startEvent id="the:start"/>') },
  { name: 'text between the elements', xml: diagram(`and then ${start}`) },
  { name: 'a remark in the XML', xml: diagram(`<!-- <task> as before -->${start}`) },
  { name: 'definitions without a target namespace', xml: diagram(start).replace(' targetNamespace="http://salter.example/refusals"', '') },
  { name: 'an attribute whose value is none of the allowed', xml: diagram('<startEvent id="start" isInterrupting="maybe"/>') },
  { name: 'a flow to an element that does not exist', xml: diagram(`${start}${path('start', 'nowhere')}`) },
  { name: 'a flow from an element that does not exist', xml: diagram(`${start}${end}${path('start', 'end')}${path('nowhere', 'end')}`) },
  { name: 'a flow without a target', xml: diagram(`${start}<sequenceFlow id="away" sourceRef="start"/>`) },
  {
    name: 'a flow into a sub-process from outside',
    xml: diagram(`${start}<subProcess id="inside"><startEvent id="begin"/>${work('inner')}${path('begin', 'inner')}</subProcess>${path('start', 'inner')}`),
  },
  { name: 'extensions of an element named twice', xml: diagram('<startEvent id="start"><extensionElements/><extensionElements/></startEvent>') },
  { name: 'the documentation of an element named after its extensions', xml: diagram('<startEvent id="start"><extensionElements/><documentation>Filed</documentation></startEvent>') },
  { name: 'the documentation of a process named after its elements', xml: diagram(`${start}<documentation>How it goes</documentation>`) },
  { name: 'lanes named after what stands in them', xml: diagram(`${start}<laneSet id="lanes"><lane id="registry"/></laneSet>`) },
  { name: 'an annotation named before the elements', xml: diagram(`<textAnnotation id="note"><text>At the counter</text></textAnnotation>${start}`) },
  { name: 'the definition of an event named before its flow', xml: diagram('<startEvent id="start"><messageEventDefinition messageRef="message"/><outgoing>on</outgoing></startEvent><endEvent id="end"><incoming>on</incoming></endEvent><sequenceFlow targetRef="end" sourceRef="start" id="on"/>') },
  {
    name: 'the flow of an element named before its extensions',
    xml: diagram(`<startEvent id="start"><outgoing>start--end</outgoing><extensionElements/></startEvent>
      <endEvent id="end"><incoming>start--end</incoming></endEvent><sequenceFlow sourceRef="start" targetRef="end" id="start--end"/>`),
  },
]
