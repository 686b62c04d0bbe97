import { receiveTask } from '../cases/receiveTask.ts'
import type { Worker } from './worker.ts'

/** `io.camunda.zeebe:userTask`: lays a human step into the inbox. The job stays open until a clerk completes the task. */
export const userTask: Worker = async (context, job) => {
  await receiveTask(context, job)
}
