/** What bpmn-moddle gives, with the few questions we ask of it. */
import { BpmnModdle } from 'bpmn-moddle'
import { childOf, listOf } from '../../rules/moddle.ts'
import type { Moddle } from '../../rules/moddle.ts'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }

export { childOf, listOf, textOf } from '../../rules/moddle.ts'
export type { Moddle } from '../../rules/moddle.ts'

/** The published schema of the extensions, and what the vendor's validators know beyond it. */
const extensions = {
  ...zeebe,
  types: [...zeebe.types, {
    name: 'PublishMessage',
    superClass: ['Element'],
    properties: ['messageId', 'correlationKey', 'timeToLive'].map((name) => ({ name, type: 'String', isAttr: true })),
  }],
}

/** Made once, because it takes longer to make than most diagrams take to read. */
let reader: BpmnModdle | undefined

/** What the reader of XML remarks without giving up, at the element it is about where it knows it. */
export interface Remark {
  readonly message: string
  readonly element?: Moddle
  /** Of a reference that leads nowhere: which, and to what. */
  readonly property?: string
  readonly value?: unknown
}

/** Reads XML. Without `definitions` it is broken, and `remarks` say how. */
export async function readXml(xml: string): Promise<{ definitions?: Moddle; remarks: readonly Remark[] }> {
  reader ??= new BpmnModdle({ zeebe: extensions })
  try {
    const { rootElement, warnings } = await reader.fromXML(xml)
    return { definitions: rootElement as unknown as Moddle, remarks: warnings as unknown as Remark[] }
  } catch (error) {
    return { remarks: [{ message: error instanceof Error ? error.message : String(error) }] }
  }
}

/** The extension of this type (`zeebe:IoMapping`), if the element carries one. */
export function extensionOf(element: Moddle | undefined, type: string): Moddle | undefined {
  return extensionsOf(element, type)[0]
}

export function extensionsOf(element: Moddle | undefined, type: string): Moddle[] {
  return listOf(childOf(element, 'extensionElements'), 'values').filter((each) => each.$type === type)
}
