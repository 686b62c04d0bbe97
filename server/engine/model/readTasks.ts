import type { CallActivity, JobTask, MessageCatch, PassTask, ScriptTask, Source, UserTask } from './executable.ts'
import { childOf, extensionOf, textOf, type Moddle } from './moddle.ts'
import { readMessage } from './readEvents.ts'
import { readJobTask } from './readJobTask.ts'
import type { NodeParts, Reading } from './reading.ts'

const EMBEDDED_FORM = 'camunda-forms:bpmn:'

/** A script is FEEL that the engine evaluates itself, or work for a job worker. */
export function readScriptTask(element: Moddle, parts: NodeParts, reading: Reading): ScriptTask | JobTask {
  const script = extensionOf(element, 'zeebe:Script')
  const definition = extensionOf(element, 'zeebe:TaskDefinition')
  if (script && definition) reading.refuse(element, `Must have either a 'zeebe:script' or a 'zeebe:taskDefinition', but has both`)
  if (!script) return readJobTask(element, parts, reading)
  const resultVariable = textOf(script, 'resultVariable') ?? ''
  if (!resultVariable) reading.refuse(element, `Expected attribute 'resultVariable' of 'zeebe:script' to be present and not empty`)
  const expression = reading.expression(element, textOf(script, 'expression'), 'the script')
  return { ...parts, kind: 'script-task', expression, resultVariable }
}

export function readBusinessRuleTask(element: Moddle, parts: NodeParts, reading: Reading): JobTask {
  if (extensionOf(element, 'zeebe:CalledDecision')) reading.refuse(element,
    'Decisions called by the engine are not executable yet, use a script task or a job type')
  return readJobTask(element, parts, reading)
}

export function readUserTask(element: Moddle, parts: NodeParts, reading: Reading): UserTask {
  if (extensionOf(element, 'zeebe:UserTask')) {
    reading.refuse(element,
      `Tasks with 'zeebe:userTask' make no job, so nobody could complete them through this gateway; remove that extension element`)
  }
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition')
  const schedule = extensionOf(element, 'zeebe:TaskSchedule')
  return {
    ...parts,
    kind: 'user-task',
    headers: reading.headers(element),
    assignee: reading.optionalSource(element, textOf(assignment, 'assignee')),
    candidateGroups: reading.optionalSource(element, textOf(assignment, 'candidateGroups')),
    candidateUsers: reading.optionalSource(element, textOf(assignment, 'candidateUsers')),
    dueDate: dateSource(element, textOf(schedule, 'dueDate'), reading),
    followUpDate: dateSource(element, textOf(schedule, 'followUpDate'), reading),
    form: readForm(element, reading),
  }
}

export function readReceiveTask(element: Moddle, parts: NodeParts, reading: Reading): MessageCatch {
  if (element.instantiate === true) reading.refuse(element, 'Receive tasks that start a process are not executable')
  return { ...parts, kind: 'message-catch', message: readMessage(element, childOf(element, 'messageRef'), reading, { needsKey: true }) }
}

export function readCallActivity(element: Moddle, parts: NodeParts, reading: Reading): CallActivity {
  const called = extensionOf(element, 'zeebe:CalledElement')
  const processId = textOf(called, 'processId')
  if (!processId) reading.refuse(element, `Must have exactly one 'zeebe:calledElement' with a 'processId'`)
  const binding = textOf(called, 'bindingType')
  if (binding && binding !== 'latest') reading.refuse(element, `Binding type '${binding}' is not executable, only 'latest' is`)
  return {
    ...parts,
    kind: 'call-activity',
    processId: reading.source(element, processId ?? ''),
    givesAll: called?.propagateAllParentVariables !== false,
    takesAll: called?.propagateAllChildVariables !== false,
  }
}

export function readPassTask(_element: Moddle, parts: NodeParts): PassTask {
  return { ...parts, kind: 'pass-task' }
}

function readForm(element: Moddle, reading: Reading): UserTask['form'] {
  const definition = extensionOf(element, 'zeebe:FormDefinition')
  if (!definition) return undefined
  const id = textOf(definition, 'formId')
  const key = textOf(definition, 'formKey')
  if (Boolean(id) === Boolean(key)) {
    reading.refuse(element, `Exactly one of the attributes 'formId, formKey' must be present and not empty in 'zeebe:formDefinition'`)
    return undefined
  }
  if (id) return { id: reading.source(element, id) }
  if (key!.startsWith(EMBEDDED_FORM) && !reading.embeddedForms.has(key!.slice(EMBEDDED_FORM.length))) {
    reading.refuse(element, `Expected an embedded form '${key!.slice(EMBEDDED_FORM.length)}' in the process, but there is none`)
  }
  return { key: reading.source(element, key!) }
}

function dateSource(element: Moddle, text: string | undefined, reading: Reading): Source | undefined {
  const source = reading.optionalSource(element, text)
  if (source && !source.feel && Number.isNaN(Date.parse(source.text.replace(/\[.*\]$/, '')))) {
    reading.refuse(element, `Expected a date and time in ISO 8601, but found '${source.text}'`)
  }
  return source
}
