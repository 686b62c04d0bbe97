// What we use of bpmn-moddle, which ships no types of its own.

declare module 'bpmn-moddle' {
  export interface ModdleElement {
    $type: string
    id?: string
    name?: string
    $parent?: ModdleElement
    [property: string]: unknown
  }

  export class BpmnModdle {
    /** Takes descriptions of extensions by their prefix. */
    constructor(extensions?: Record<string, unknown>)
    /** Reads a diagram; what could not be understood is in the warnings. Rejects when it is no XML. */
    fromXML(xml: string): Promise<{ rootElement: ModdleElement; warnings: readonly { message: string }[] }>
    toXML(element: ModdleElement, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>
  }
}
