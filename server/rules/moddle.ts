/** What the readers of BPMN and DMN give, with the few questions we ask of it. */

/** An element of a diagram's XML. Its attributes and children are read by the functions below alone. */
export interface Moddle {
  readonly $type: string
  readonly id?: string
  readonly name?: string
  /** The element around it. */
  readonly $parent?: Moddle
  readonly [property: string]: unknown
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
