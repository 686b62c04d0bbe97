import type { JobTask } from '../executable.ts'
import { extensionOf, textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'

/** Service and send tasks, and events that throw a message: always work for a job worker. */
export function readJobTask(element: Moddle, parts: NodeParts, reading: Reading): JobTask {
  const definition = extensionOf(element, 'zeebe:TaskDefinition')
  return {
    ...parts,
    kind: 'job-task',
    type: reading.source(element, checked(textOf(definition, 'type'), 'a job type')),
    retries: reading.source(element, textOf(definition, 'retries') ?? '3'),
    headers: reading.headers(element),
  }
}
