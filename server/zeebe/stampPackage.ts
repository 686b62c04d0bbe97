import { BpmnModdle } from 'bpmn-moddle'
import type { ModdleElement } from 'bpmn-moddle'
import zeebeExtensions from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import type { Resource } from './client.ts'
import { partId, processId, startMessage } from './names.ts'
import type { ProcedurePackage } from './packages.ts'

/** The name a diagram's start message has in its source file. */
export const SOURCE_START_MESSAGE = 'start'

/**
 * Copies of a package's files with the names they have in the engine (names.ts); the package itself stays as it is.
 * The same package, town and version always give the same resources. Throws when the diagram cannot be read, or names a form
 * or a decision that the package lacks.
 */
export async function stampPackage(pack: ProcedurePackage, tenantId: string, version: number): Promise<Resource[]> {
  const procedureId = pack.procedure.id
  const folder = `${tenantId}/${procedureId}`
  const part = (id: string): string => partId(tenantId, procedureId, version, id)
  const decisionIds = Object.values(pack.decisions).flatMap((xml) => idsIn(xml, 'decision'))

  const forms = Object.values(pack.forms).map((form) => ({
    name: `${folder}/v${version}/forms/${form.id}.form`,
    content: JSON.stringify({ ...form, id: part(form.id) }),
  }))
  const decisions = Object.entries(pack.decisions).map(([file, xml]) => ({
    name: `${folder}/v${version}/decisions/${file}`,
    content: stampDecisions(xml, part),
  }))
  const process = {
    name: `${folder}/process.bpmn`,
    content: await stampDiagram(pack, { tenantId, procedureId, part, decisionIds: new Set(decisionIds) }),
  }
  return [process, ...decisions, ...forms]
}

interface Stamps {
  readonly tenantId: string
  readonly procedureId: string
  readonly part: (id: string) => string
  readonly decisionIds: ReadonlySet<string>
}

async function stampDiagram(pack: ProcedurePackage, { tenantId, procedureId, part, decisionIds }: Stamps): Promise<string> {
  const moddle = new BpmnModdle({ zeebe: zeebeExtensions })
  const { rootElement } = await moddle.fromXML(pack.bpmn)
  const elements = everyElement(rootElement)
  const processIds = new Set(elements.filter((each) => each.$type === 'bpmn:Process').map((each) => each.id))
  if (!processIds.has(procedureId)) {
    throw new Error(`Expected the diagram of ${procedureId} to have a process of this id, but found ${[...processIds].join(', ')}`)
  }

  const stamp: Readonly<Record<string, (element: ModdleElement) => void>> = {
    'bpmn:Process': (process) => {
      process.id = process.id === procedureId ? processId(tenantId, procedureId) : part(process.id ?? '')
    },
    'bpmn:Message': (message) => {
      if (message.name === SOURCE_START_MESSAGE) message.name = startMessage(tenantId, procedureId)
    },
    'zeebe:FormDefinition': (form) => {
      const formId = form['formId']
      if (typeof formId !== 'string' || formId.startsWith('=')) return
      if (!pack.forms[formId]) throw new Error(`Expected ${procedureId} to have the form ${formId} that its diagram names, but it has none`)
      form['formId'] = part(formId)
    },
    'zeebe:CalledDecision': (called) => {
      const decisionId = called['decisionId']
      if (typeof decisionId !== 'string' || decisionId.startsWith('=')) return
      if (!decisionIds.has(decisionId)) {
        throw new Error(`Expected ${procedureId} to have the decision ${decisionId} that its diagram names, but it has none`)
      }
      called['decisionId'] = part(decisionId)
    },
    'zeebe:CalledElement': (called) => {
      const calledId = called['processId']
      if (typeof calledId === 'string' && processIds.has(calledId)) called['processId'] = part(calledId)
    },
  }
  for (const element of elements) stamp[element.$type]?.(element)
  const { xml } = await moddle.toXML(rootElement, { format: true })
  return xml
}

// Contained elements only: a reference does not make a child, and the picture only refers.
function everyElement(root: ModdleElement): ModdleElement[] {
  const found: ModdleElement[] = []
  const visit = (element: ModdleElement): void => {
    found.push(element)
    for (const value of Object.values(element)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isElement(child) && child.$parent === element) visit(child)
      }
    }
  }
  visit(root)
  return found
}

function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value
}

// Decisions refer to each other and to their picture by id; ids are unique in a file.
function stampDecisions(xml: string, part: (id: string) => string): string {
  const ids = new Set([...idsIn(xml, 'decision'), ...idsIn(xml, 'definitions')])
  return xml.replace(/\b(id|dmnElementRef)="([^"]*)"|\bhref="#([^"]*)"/g, (whole, attribute: string | undefined, id = '', target = '') => {
    if (attribute) return ids.has(id) ? `${attribute}="${part(id)}"` : whole
    return ids.has(target) ? `href="#${part(target)}"` : whole
  })
}

function idsIn(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:[\\w-]+:)?${element}\\s[^>]*?\\bid="([^"]*)"`, 'g'))].map((found) => found[1] ?? '')
}
