import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BpmnModdle } from 'bpmn-moddle'
import { describe, expect, test } from 'vitest'
import { readDmn } from '../../server/rules/dmn/index.ts'
import type { Decision } from '../../server/rules/dmn/index.ts'
import type { Resource } from '../../server/zeebe/client.ts'
import { deployPackage, readProcessId, stampPackage } from '../../server/zeebe/deployProcesses.ts'
import { readPackages } from '../../server/zeebe/packages.ts'
import type { ProcedurePackage } from '../../server/zeebe/packages.ts'

const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions id="d" targetNamespace="http://bpmn.io/schema/bpmn"
    xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:process id="petition" isExecutable="true">
    <bpmn:startEvent id="start-1"><bpmn:messageEventDefinition id="m1" messageRef="message-1" /></bpmn:startEvent>
    <bpmn:userTask id="triage"><bpmn:extensionElements><zeebe:formDefinition formId="triage" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:userTask id="chosen"><bpmn:extensionElements><zeebe:formDefinition formId="=form" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:businessRuleTask id="rule"><bpmn:extensionElements>
      <zeebe:calledDecision decisionId="competence" resultVariable="unit" />
    </bpmn:extensionElements></bpmn:businessRuleTask>
    <bpmn:callActivity id="call"><bpmn:extensionElements>
      <zeebe:calledElement processId="deliver" />
    </bpmn:extensionElements></bpmn:callActivity>
  </bpmn:process>
  <bpmn:process id="deliver" isExecutable="true" />
  <bpmn:message id="message-1" name="start" />
  <bpmn:message id="message-2" name="request-withdrawn" />
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="petition">
    <bpmndi:BPMNShape id="shape" bpmnElement="triage"><dc:Bounds x="1" y="2" width="100" height="80" /></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

const decisions = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="r"><decision id="competence" name="c">
<informationRequirement id="ir"><requiredDecision href="#zone" /></informationRequirement></decision><decision name="z" id="zone" />
<DMNDI><DMNShape dmnElementRef="competence" /></DMNDI></definitions>`

const petition = {
  procedure: { id: 'petition' },
  bpmn: diagram,
  forms: { triage: { id: 'triage', type: 'default', components: [] } },
  decisions: { 'rules.dmn': decisions },
} as unknown as ProcedurePackage

/** A decision, and those it requires. */
const idsOf = ({ id, requires }: Decision): string[] => [id, ...requires.decisions.map((each) => each.id)]

const named = (resources: readonly Resource[], name: string): string => resources.find((each) => each.name === name)?.content ?? ''

describe('a package is stamped for a town', () => {
  test('process, start message, forms, decisions and called processes carry town, procedure and version', async () => {
    const resources = await stampPackage(petition, 'sombor', 3)

    const process = named(resources, 'sombor/petition/process.bpmn')
    expect(process).toContain('<bpmn:process id="sombor--petition"')
    expect(process).toContain('name="sombor--petition--start"')
    expect(process).toContain('formId="sombor--petition--v3--triage"')
    expect(process).toContain('formId="=form"')
    expect(process).toContain('decisionId="sombor--petition--v3--competence"')
    expect(process).toContain('<bpmn:process id="sombor--petition--v3--deliver"')
    expect(process).toContain('processId="sombor--petition--v3--deliver"')
    expect(process).toContain('name="request-withdrawn"')
    expect(JSON.parse(named(resources, 'sombor/petition/v3/forms/triage.form'))).toMatchObject({ id: 'sombor--petition--v3--triage' })
    const rules = named(resources, 'sombor/petition/v3/decisions/rules.dmn')
    expect(rules).toContain('<decision id="sombor--petition--v3--competence"')
    expect(rules).toContain('href="#sombor--petition--v3--zone"')
    expect(rules).toContain('dmnElementRef="sombor--petition--v3--competence"')
    expect(rules).toContain('id="ir"')
  })

  test('its picture still shows the same elements', async () => {
    const [process] = await stampPackage(petition, 'sombor', 3)

    expect(process?.content).toContain('bpmnElement="sombor--petition"')
    expect(process?.content).toContain('bpmnElement="triage"')
  })

  test('the source stays as it is, and the same always gives the same', async () => {
    const before = JSON.stringify(petition)

    const first = await stampPackage(petition, 'sombor', 3)

    expect(await stampPackage(petition, 'sombor', 3)).toEqual(first)
    expect(JSON.stringify(petition)).toBe(before)
  })

  test('two towns share nothing', async () => {
    const ids = async (town: string): Promise<string[]> =>
      (await stampPackage(petition, town, 1)).flatMap(({ name, content }) => [name, ...(content.match(/[\w-]+--petition[\w-]*/g) ?? [])])

    const sombor = new Set(await ids('sombor'))

    expect((await ids('stara-zagora')).filter((id) => sombor.has(id))).toEqual([])
  })

  test('a diagram that names a form the package lacks is refused', async () => {
    await expect(stampPackage({ ...petition, forms: {} }, 'sombor', 1)).rejects.toThrow('Expected petition to have the form triage')
  })

  test('a diagram that names a decision the package lacks is refused', async () => {
    const without = { ...petition, decisions: {} }

    await expect(stampPackage(without, 'sombor', 1)).rejects.toThrow('Expected petition to have the decision competence')
  })

  test('a diagram without the process of its procedure is refused', async () => {
    const other = { ...petition, procedure: { ...petition.procedure, id: 'other' } }

    await expect(stampPackage(other, 'sombor', 1)).rejects.toThrow('to have a process of this id')
  })

  test('town and procedure can be read from the name of a process', () => {
    expect(readProcessId('stara-zagora--register-extract')).toEqual({ tenantId: 'stara-zagora', procedureId: 'register-extract' })
    expect(readProcessId('sombor--petition--v3--deliver')).toEqual({ tenantId: 'sombor', procedureId: 'petition' })
    expect(readProcessId('petition')).toBeUndefined()
  })
})

describe('deployment', () => {
  test('is one call with all files, and tells what the engine made of it', async () => {
    const calls: (readonly Resource[])[] = []
    const client = {
      deploy: async (resources: readonly Resource[]) => {
        calls.push(resources)
        const process = { bpmnProcessId: 'sombor--petition', version: 4, processDefinitionKey: '2251799813685300' }
        return { processes: [process], forms: [], decisions: [] }
      },
    }

    const deployed = await deployPackage(client, petition, 'sombor', 3)

    expect(deployed).toEqual({ bpmnProcessId: 'sombor--petition', processVersion: 4, processDefinitionKey: '2251799813685300' })
    expect(calls).toHaveLength(1)
    expect(calls[0]).toHaveLength(3)
  })
})

describe('the procedures that ship', async () => {
  const folder = fileURLToPath(new URL('../../processes/', import.meta.url))
  const packages = existsSync(folder) ? await readPackages(folder) : []

  const named = packages.map((pack) => [pack.procedure.id, pack] as const)

  test.each(named)('%s can be stamped, and still is a whole diagram', async (id, pack) => {
    const [process] = await stampPackage(pack, 'sombor', 1)

    const { rootElement, warnings } = await new BpmnModdle().fromXML(process?.content ?? '')
    expect(warnings.filter((each) => /unresolved/.test(each.message))).toEqual([])
    expect(rootElement.$type).toBe('bpmn:Definitions')
    expect(process?.content).toContain(`"sombor--${id}--start"`)
  })

  test.each(named)('the decisions of %s carry town and version, and still find what they require', async (id, pack) => {
    const resources = await stampPackage(pack, 'sombor', 4)

    for (const [file, xml] of Object.entries(pack.decisions)) {
      const { drg: source } = await readDmn(xml)
      const { drg, faults } = await readDmn(resources.find(({ name }) => name === `sombor/${id}/v4/decisions/${file}`)?.content ?? '')
      const part = (own: string): string => `sombor--${id}--v4--${own}`

      expect(faults).toEqual([])
      expect(drg?.id).toBe(part(source?.id ?? ''))
      expect(drg?.decisions.map(idsOf)).toEqual(source?.decisions.map(idsOf).map((ids) => ids.map(part)))
    }
  })
})
