import type { JobTask } from './executable.ts'
import { extensionOf, textOf, type Moddle } from './moddle.ts'
import type { NodeParts, Reading } from './reading.ts'

/** Service and send tasks, and events that throw a message: always work for a job worker. */
export function readJobTask(element: Moddle, parts: NodeParts, reading: Reading): JobTask {
  const definition = extensionOf(element, 'zeebe:TaskDefinition')
  return {
    ...parts,
    kind: 'job-task',
    type: reading.source(element, textOf(definition, 'type') ?? ''),
    retries: reading.source(element, textOf(definition, 'retries') ?? '3'),
    headers: reading.headers(element),
  }
}
