import { asJob, diagram, end, file, inPath, path, start, work, type Situation } from '../draw.ts'

/** What BPMN has and no Zeebe 8.5 executes, beside what the other files say of events and gateways. */
export const unsupportedSituations: Situation[] = [
  { name: 'a transaction', xml: diagram(inPath('<transaction id="it"><startEvent id="begin"/></transaction>')) },
  { name: 'an ad-hoc sub-process', xml: diagram(inPath(`<adHocSubProcess id="it">${work('inner')}</adHocSubProcess>`)) },
  { name: 'a choreography', xml: diagram(start, '<choreography id="talks"/>') },
  { name: 'a conversation in a collaboration', xml: diagram(start, '<collaboration id="talk"><conversation id="about"/></collaboration>') },
  { name: 'a call of a global task', xml: diagram(start, '<globalTask id="shared"/>') },
  { name: 'a call of a global user task', xml: diagram(start, '<globalUserTask id="shared"/>') },
  { name: 'data that flows into a task', xml: diagram(inPath(`<serviceTask id="it">${asJob}<property id="slot" name="__targetRef"/><dataInputAssociation id="reads"><sourceRef>drawn</sourceRef><targetRef>slot</targetRef></dataInputAssociation></serviceTask>`) + '<dataObject id="data"/><dataObjectReference id="drawn" dataObjectRef="data"/>') },
  { name: 'an input and output specification of a process', xml: diagram(`<ioSpecification id="specified"><inputSet id="in"/><outputSet id="out"/></ioSpecification>${start}`) },
  { name: 'a property of a process', xml: diagram(`<property id="property" name="note"/>${start}`) },
  { name: 'a performer of a user task', xml: diagram(inPath('<userTask id="it"><humanPerformer id="performer" name="clerk"/></userTask>')) },
  { name: 'an intermediate event that is neither thrown nor caught', xml: diagram(`${start}<event id="it"/>${end}${path('start', 'it', 'end')}`) },
  { name: 'an implicit throw event', xml: diagram(`${start}<implicitThrowEvent id="it"/>${end}${path('start', 'it', 'end')}`) },
  { name: 'a category with its values', xml: diagram(`${start}<group id="together" categoryValueRef="value"/>`, '<category id="category"><categoryValue id="value" value="Registry"/></category>') },
  { name: 'an item definition', xml: diagram(start, '<itemDefinition id="item"/>') },
  { name: 'an interface with an operation', xml: diagram(start, '<interface id="interface" name="registry"><operation id="operation" name="ask"><inMessageRef>message</inMessageRef></operation></interface>') },
  { name: 'the picture of a diagram', xml: file(`<process id="process" isExecutable="true">${start}</process>
    <bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="drawing">
      <bpmndi:BPMNPlane id="plane" bpmnElement="process"><bpmndi:BPMNShape id="shape" bpmnElement="start"><dc:Bounds x="1" y="2" width="36" height="36"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>
    </bpmndi:BPMNDiagram>`) },
  { name: 'the picture of an element that does not exist', xml: file(`<process id="process" isExecutable="true">${start}</process>
    <bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="drawing">
      <bpmndi:BPMNPlane id="plane" bpmnElement="process"><bpmndi:BPMNShape id="shape" bpmnElement="nowhere"><dc:Bounds x="1" y="2" width="36" height="36"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>
    </bpmndi:BPMNDiagram>`) },
]
