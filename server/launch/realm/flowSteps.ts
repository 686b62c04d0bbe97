import type { AdminApi } from './adminApi.ts'

export type Requirement = 'REQUIRED' | 'ALTERNATIVE' | 'CONDITIONAL'

/** One step of an authentication flow: something Keycloak does, or a flow within the flow. */
export type FlowStep =
  | { provider: string; requirement: Requirement; settings?: Record<string, string> }
  | { flow: string; requirement: Requirement; steps: readonly FlowStep[] }

/** A step as the Admin API lists it: the whole tree in one list, `level` telling how deep. */
interface KeptStep {
  id: string
  displayName: string
  providerId?: string
  requirement: string
  level: number
  flowId?: string
  authenticationFlow?: boolean
  authenticationConfig?: string
}

/**
 * Sees to it that the flow `parent` ends with these flows. One that is there as wanted is left alone, so that nobody who is
 * signing in stumbles over it; one that differs is made anew.
 */
export async function ensureFlowsIn(
  api: AdminApi, realm: string, parent: string, wanted: readonly Extract<FlowStep, { flow: string }>[],
): Promise<void> {
  for (const step of wanted) {
    const found = await findFlow(api, realm, parent, step.flow)
    if (found && await isAsWanted(api, realm, found, step)) continue
    if (found) await api.delete(`${realm}/authentication/executions/${found.id}`)
    await addStep(api, realm, parent, step)
  }
}

/** Makes a flow of its own with these steps. */
export async function makeFlow(api: AdminApi, realm: string, alias: string, description: string, steps: readonly FlowStep[]): Promise<void> {
  await api.post(`${realm}/authentication/flows`, { alias, providerId: 'basic-flow', topLevel: true, builtIn: false, description })
  for (const step of steps) await addStep(api, realm, alias, step)
}

/** Moves a flow within `parent` up until it stands before another one. */
export async function putBefore(api: AdminApi, realm: string, parent: string, flow: string, other: string): Promise<void> {
  for (let moves = 0; moves < 20; moves++) {
    const order = (await stepsOf(api, realm, parent)).filter(({ level }) => level === 0)
    const here = order.findIndex(({ displayName }) => displayName === flow)
    const there = order.findIndex(({ displayName }) => displayName === other)
    if (there < 0 || (here >= 0 && here < there)) return
    if (here < 0) break
    await api.post(`${realm}/authentication/executions/${order[here]!.id}/raise-priority`, {})
  }
  throw new Error(`Expected ${flow} to come to stand before ${other}`)
}

/** The requirement of one step of a flow, set where it is another. */
export async function requireStep(
  api: AdminApi, realm: string, flow: string, name: string, requirement: Requirement | 'DISABLED',
): Promise<void> {
  const step = (await stepsOf(api, realm, flow)).find((each) => (each.providerId ?? each.displayName) === name)
  if (!step) throw new Error(`Expected ${name} among the steps of flow ${flow}`)
  if (step.requirement !== requirement) await api.put(stepsAt(realm, flow), { ...step, requirement })
}

/** The settings of one step of a flow, made or set right. */
export async function configureStep(
  api: AdminApi, realm: string, flow: string, name: string, settings: Record<string, string>,
): Promise<void> {
  const step = (await stepsOf(api, realm, flow)).find((each) => each.providerId === name)
  if (!step) throw new Error(`Expected ${name} among the steps of flow ${flow}`)
  const alias = `${flow} ${name}`
  const kept = step.authenticationConfig
  if (kept) await api.put(`${realm}/authentication/config/${kept}`, { id: kept, alias, config: settings })
  else await api.post(`${realm}/authentication/executions/${step.id}/config`, { alias, config: settings })
}

function stepsAt(realm: string, flow: string): string {
  return `${realm}/authentication/flows/${encodeURIComponent(flow)}/executions`
}

async function stepsOf(api: AdminApi, realm: string, flow: string): Promise<KeptStep[]> {
  return (await api.get<KeptStep[]>(stepsAt(realm, flow))) ?? []
}

async function findFlow(api: AdminApi, realm: string, parent: string, alias: string): Promise<KeptStep | undefined> {
  return (await stepsOf(api, realm, parent)).find((each) => each.authenticationFlow && each.level === 0 && each.displayName === alias)
}

async function isAsWanted(api: AdminApi, realm: string, kept: KeptStep, wanted: FlowStep): Promise<boolean> {
  if (kept.requirement !== wanted.requirement) return false
  if ('provider' in wanted) {
    return kept.providerId === wanted.provider && sameSettings(await settingsOf(api, realm, kept), wanted.settings ?? {})
  }
  if (kept.displayName !== wanted.flow) return false
  const steps = (await stepsOf(api, realm, wanted.flow)).filter(({ level }) => level === 0)
  if (steps.length !== wanted.steps.length) return false
  for (const [index, step] of wanted.steps.entries()) if (!(await isAsWanted(api, realm, steps[index]!, step))) return false
  return true
}

async function settingsOf(api: AdminApi, realm: string, { authenticationConfig }: KeptStep): Promise<Record<string, string>> {
  if (!authenticationConfig) return {}
  return (await api.get<{ config: Record<string, string> }>(`${realm}/authentication/config/${authenticationConfig}`))?.config ?? {}
}

function sameSettings(one: Record<string, string>, other: Record<string, string>): boolean {
  const text = (settings: Record<string, string>): string => JSON.stringify(Object.entries(settings).sort())
  return text(one) === text(other)
}

/** Adds a step at the end of `parent`. Keycloak adds it switched off, so a flow half made asks for nothing. */
async function addStep(api: AdminApi, realm: string, parent: string, step: FlowStep): Promise<void> {
  const before = new Set((await stepsOf(api, realm, parent)).map(({ id }) => id))
  if ('provider' in step) await api.post(`${stepsAt(realm, parent)}/execution`, { provider: step.provider })
  else {
    await api.post(`${stepsAt(realm, parent)}/flow`, {
      alias: step.flow, type: 'basic-flow', provider: 'registration-page-form', description: '',
    })
  }
  const made = (await stepsOf(api, realm, parent)).find(({ id, level }) => level === 0 && !before.has(id))
  if (!made) throw new Error(`Expected ${'flow' in step ? step.flow : step.provider} in flow ${parent} after adding it`)
  if ('flow' in step) for (const each of step.steps) await addStep(api, realm, step.flow, each)
  else if (step.settings) {
    const alias = `${parent} ${step.provider}${Object.values(step.settings).map((value) => ` ${value}`).join('')}`
    await api.post(`${realm}/authentication/executions/${made.id}/config`, { alias, config: step.settings })
  }
  await api.put(stepsAt(realm, parent), { ...made, requirement: step.requirement })
}
