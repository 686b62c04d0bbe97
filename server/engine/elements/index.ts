import { boundaryEvent } from './boundaryEvent.ts'
import type { Handlers } from './element.ts'
import { businessRuleTask } from './businessRuleTask.ts'
import { callActivity } from './callActivity.ts'
import { compensationThrow } from './compensationThrow.ts'
import { endEvent } from './endEvent.ts'
import { escalationThrow } from './escalationThrow.ts'
import { eventGateway } from './eventGateway.ts'
import { eventSubProcess } from './eventSubProcess.ts'
import { exclusiveGateway } from './exclusiveGateway.ts'
import { inclusiveGateway } from './inclusiveGateway.ts'
import { inexecutableThrow } from './inexecutableThrow.ts'
import { jobTask } from './jobTask.ts'
import { messageCatch } from './messageCatch.ts'
import { multiInstance } from './multiInstance.ts'
import { noneEvent, passTask } from './noneEvent.ts'
import { parallelGateway } from './parallelGateway.ts'
import { process } from './process.ts'
import { scriptTask } from './scriptTask.ts'
import { signalCatch } from './signalCatch.ts'
import { signalThrow } from './signalThrow.ts'
import { startEvent } from './startEvent.ts'
import { subProcess } from './subProcess.ts'
import { timerCatch } from './timerCatch.ts'
import { userTask } from './userTask.ts'

/** Every kind of element the engine runs. `model/read/` makes these kinds of what stands in a diagram. */
export const handlers: Handlers = {
  process,
  'sub-process': subProcess,
  'event-sub-process': eventSubProcess,
  'multi-instance': multiInstance,
  'start-event': startEvent,
  'end-event': endEvent,
  'none-event': noneEvent,
  'inexecutable-throw': inexecutableThrow,
  'timer-catch': timerCatch,
  'message-catch': messageCatch,
  'signal-catch': signalCatch,
  'signal-throw': signalThrow,
  'boundary-event': boundaryEvent,
  'escalation-throw': escalationThrow,
  'compensation-throw': compensationThrow,
  'job-task': jobTask,
  'user-task': userTask,
  'script-task': scriptTask,
  'business-rule-task': businessRuleTask,
  'pass-task': passTask,
  'call-activity': callActivity,
  'exclusive-gateway': exclusiveGateway,
  'inclusive-gateway': inclusiveGateway,
  'event-gateway': eventGateway,
  'parallel-gateway': parallelGateway,
}
