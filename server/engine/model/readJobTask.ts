import type { JobTask } from './executable.ts'
import { extensionOf, textOf, type Moddle } from './moddle.ts'
import type { NodeParts, Reading } from './reading.ts'

/** Service and send tasks, and events that throw a message: always work for a job worker. */
export function readJobTask(element: Moddle, parts: NodeParts, reading: Reading): JobTask {
  const definition = extensionOf(element, 'zeebe:TaskDefinition')
  const type = textOf(definition, 'type')
  if (!type) reading.refuse(element, `Must have exactly one 'zeebe:taskDefinition' extension element with a 'type'`)
  return {
    ...parts,
    kind: 'job-task',
    type: reading.source(element, type ?? ''),
    retries: reading.source(element, textOf(definition, 'retries') ?? '3'),
    headers: reading.headers(element),
  }
}
