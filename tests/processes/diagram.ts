import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'

// The modeler's own two attributes, which its editors write and no engine reads.
const modeler = {
  name: 'Modeler',
  uri: 'http://camunda.org/schema/modeler/1.0',
  prefix: 'modeler',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Definitions',
      isAbstract: true,
      extends: ['bpmn:Definitions'],
      properties: ['executionPlatform', 'executionPlatformVersion'].map((name) => ({ name, isAttr: true, type: 'String' })),
    },
  ],
}

/** An element as bpmn-moddle gives it; which properties are there depends on its type. */
export interface Element {
  readonly $type: string
  readonly id: string
  readonly name?: string
  readonly rootElements?: readonly Element[]
  readonly flowElements?: readonly Element[]
  readonly artifacts?: readonly Element[]
  readonly isExecutable?: boolean
  readonly incoming?: readonly Element[]
  readonly outgoing?: readonly Element[]
  readonly sourceRef?: Element
  readonly attachedToRef?: Element
  readonly eventDefinitions?: readonly Element[]
  readonly messageRef?: Element
  readonly timeDate?: { readonly body: string }
  readonly conditionExpression?: { readonly body: string }
  readonly extensionElements?: { readonly values: readonly Element[] }
  // zeebe
  readonly type?: string
  readonly expression?: string
  readonly resultVariable?: string
  readonly formId?: string
  readonly decisionId?: string
  readonly candidateGroups?: string
  readonly values?: readonly { readonly key: string; readonly value: string }[]
  // bpmndi
  readonly diagrams?: readonly { readonly plane: { readonly planeElement: readonly Element[] } }[]
  readonly bpmnElement?: Element
  readonly bounds?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface Diagram {
  definitions: Element
  process: Element
  /** Tasks, gateways, events and flows. */
  elements: readonly Element[]
  /** Lines without an order: what undoes what. */
  artifacts: readonly Element[]
  /** What the reader stumbled over; empty for a good file. */
  warnings: readonly unknown[]
}

/** Reads a diagram with the editor's own model. */
export async function readDiagram(xml: string): Promise<Diagram> {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe, modeler }).fromXML(xml)
  const definitions = rootElement as Element
  const process = definitions.rootElements?.find((each) => each.$type === 'bpmn:Process')
  if (!process) throw new Error(`Expected a process in ${definitions.id} but there is none`)
  return { definitions, process, elements: process.flowElements ?? [], artifacts: process.artifacts ?? [], warnings }
}

/** The `zeebe:` extension of that type on an element. */
export function extensionOf(element: Element, type: string): Element | undefined {
  return element.extensionElements?.values.find((each) => each.$type === `zeebe:${type}`)
}

/** The static task headers of a service task. */
export function headersOf(element: Element): Record<string, string> {
  return Object.fromEntries((extensionOf(element, 'TaskHeaders')?.values ?? []).map(({ key, value }) => [key, value]))
}
