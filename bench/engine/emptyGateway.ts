import type { ActivatedJob, Engine } from '../../server/engine/engine.ts'

/**
 * An engine that knows nothing and keeps nothing, but answers the workload's calls in their order: behind the same gateway
 * it shows what gRPC alone costs on this machine.
 */
export function emptyEngine(): Pick<Engine, 'deploy' | 'createInstance' | 'activateJobs' | 'completeJob' | 'returnJobs' | 'isFullFor' | 'close'> {
  const next: Record<string, string | undefined> = {
    'check-request': 'io.camunda.zeebe:userTask', 'io.camunda.zeebe:userTask': 'deliver-act',
  }
  const waiting = new Map<string, ((jobs: ActivatedJob[]) => void)[]>()
  const ready = new Map<string, ActivatedJob[]>()
  const jobs = new Map<string, ActivatedJob>()
  let counter = 1n << 51n

  const offer = (type: string, instanceKey: string, variables: string): void => {
    const key = String(++counter)
    const job: ActivatedJob = {
      key, type, processInstanceKey: instanceKey, bpmnProcessId: 'municipal-request', processDefinitionVersion: 1,
      processDefinitionKey: '1',
      elementId: type, elementInstanceKey: key, customHeaders: '{}', worker: 'worker', retries: 3, deadline: 0, variables,
    }
    jobs.set(key, job)
    const answer = waiting.get(type)?.shift()
    if (answer) answer([job])
    else ready.set(type, [...(ready.get(type) ?? []), job])
  }

  return {
    deploy: async () => ({ key: String(++counter), processes: [], drgs: [], forms: [] }),
    async createInstance({ variables = '{}' }) {
      const processInstanceKey = String(++counter)
      offer('check-request', processInstanceKey, variables)
      return { processDefinitionKey: '1', bpmnProcessId: 'municipal-request', version: 1, processInstanceKey }
    },
    activateJobs({ type, requestTimeout = 0 }) {
      const job = ready.get(type)?.shift()
      if (job) return Promise.resolve([job])
      return new Promise((resolve) => {
        const line = waiting.get(type) ?? []
        waiting.set(type, line)
        const timer = setTimeout(() => answer([]), requestTimeout)
        const answer = (given: ActivatedJob[]): void => {
          clearTimeout(timer)
          const at = line.indexOf(answer)
          if (at >= 0) line.splice(at, 1)
          resolve(given)
        }
        line.push(answer)
      })
    },
    async completeJob({ jobKey }) {
      const job = jobs.get(jobKey)
      jobs.delete(jobKey)
      const type = job && next[job.type]
      if (type) offer(type, job.processInstanceKey, job.variables)
    },
    returnJobs: async () => {},
    isFullFor: () => false,
    close: async () => {},
  }
}
