import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import type { ProcedurePackage } from '../zeebe/packages.ts'

const known = new WeakMap<object, Promise<ReadonlyMap<string, string>>>()

/**
 * The id of the form a human step shows, as the package's own diagram names it. The engine tells only the key under which
 * the form was deployed. Undefined for a step without a form.
 */
export async function formIdOf(pack: Pick<ProcedurePackage, 'bpmn'>, elementId: string): Promise<string | undefined> {
  let forms = known.get(pack)
  if (!forms) known.set(pack, (forms = readFormIds(pack.bpmn)))
  return (await forms).get(elementId)
}

interface Element {
  $type: string
  id?: string
  formId?: string
  rootElements?: Element[]
  flowElements?: Element[]
  extensionElements?: { values?: Element[] }
}

async function readFormIds(bpmn: string): Promise<ReadonlyMap<string, string>> {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(bpmn)
  const forms = new Map<string, string>()
  const walk = (element: Element): void => {
    const form = element.extensionElements?.values?.find((each) => each.$type === 'zeebe:FormDefinition')
    if (element.id && form?.formId) forms.set(element.id, form.formId)
    for (const each of [...(element.rootElements ?? []), ...(element.flowElements ?? [])]) walk(each)
  }
  walk(rootElement as unknown as Element)
  return forms
}
