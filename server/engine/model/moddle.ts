/** What bpmn-moddle gives, with the few questions we ask of it. */
import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }

/** An element of the diagram's XML. Its attributes and children are read by the functions below alone. */
export interface Moddle {
  readonly $type: string
  readonly id?: string
  readonly name?: string
  readonly [property: string]: unknown
}

/** Reads XML. Broken XML, and references that lead nowhere, are told in `faults`. */
export async function readXml(xml: string): Promise<{ definitions?: Moddle; faults: string[] }> {
  try {
    const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(xml)
    const faults = (warnings as Warning[]).filter(isFault).map((each) => each.message)
    return { definitions: rootElement as unknown as Moddle, faults }
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)] }
  }
}

interface Warning {
  message: string
  element?: Moddle
}

// A drawing that shows what is no longer there is still a process: only what is executed has to be whole.
function isFault({ message, element }: Warning): boolean {
  return /unresolved reference|unparsable/i.test(message) && !element?.$type.startsWith('bpmndi:')
}

export function textOf(element: Moddle | undefined, property: string): string | undefined {
  const value = element?.[property]
  return typeof value === 'string' ? value : undefined
}

export function listOf(element: Moddle | undefined, property: string): Moddle[] {
  const value = element?.[property]
  return Array.isArray(value) ? (value as Moddle[]) : []
}

export function childOf(element: Moddle | undefined, property: string): Moddle | undefined {
  const value = element?.[property]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Moddle) : undefined
}

/** The extension of this type (`zeebe:IoMapping`), if the element carries one. */
export function extensionOf(element: Moddle | undefined, type: string): Moddle | undefined {
  return extensionsOf(element, type)[0]
}

export function extensionsOf(element: Moddle | undefined, type: string): Moddle[] {
  return listOf(childOf(element, 'extensionElements'), 'values').filter((each) => each.$type === type)
}
