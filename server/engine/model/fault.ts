import { childOf, type Moddle } from './moddle.ts'

/** Says that an element cannot be executed as it is drawn, and why. */
export type Refuse = (element: Moddle, message: string) => void

/**
 * One reason to refuse a diagram, in the frame that clients of Zeebe know: the element, then what is wrong with it.
 * What has no id of its own is named by the nearest element around it that has one, and the way from there.
 */
export function faultAt(element: Moddle, message: string): string {
  const way: string[] = []
  let at = element
  for (let around = childOf(at, '$parent'); at.id === undefined && around; around = childOf(at, '$parent')) {
    way.unshift(nameOfType(at))
    at = around
  }
  return `Element: ${[at.id ?? nameOfType(at), ...way].join(' > ')}\n    - ERROR: ${message}`
}

// As it stands in the XML: `bpmn:ServiceTask` is <serviceTask>.
function nameOfType({ $type }: Moddle): string {
  const name = $type.slice($type.indexOf(':') + 1)
  return name.charAt(0).toLowerCase() + name.slice(1)
}
