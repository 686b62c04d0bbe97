import type { BusinessRuleTask, CallActivity, JobTask, MessageCatch, PassTask, ScriptTask, Source, UserTask } from './executable.ts'
import { childOf, extensionOf, textOf, type Moddle } from './moddle.ts'
import { readMessage } from './readEvents.ts'
import { readJobTask } from './readJobTask.ts'
import type { NodeParts, Reading } from './reading.ts'

/** A script is FEEL that the engine evaluates itself, or work for a job worker. */
export function readScriptTask(element: Moddle, parts: NodeParts, reading: Reading): ScriptTask | JobTask {
  const script = extensionOf(element, 'zeebe:Script')
  if (!script) return readJobTask(element, parts, reading)
  const expression = reading.expression(element, textOf(script, 'expression'), 'the script')
  return { ...parts, kind: 'script-task', expression, resultVariable: textOf(script, 'resultVariable') ?? '' }
}

/** A rule is a decision that the engine makes itself, or work for a job worker. */
export function readBusinessRuleTask(element: Moddle, parts: NodeParts, reading: Reading): BusinessRuleTask | JobTask {
  const called = extensionOf(element, 'zeebe:CalledDecision')
  const definition = extensionOf(element, 'zeebe:TaskDefinition')
  if (called && definition) reading.refuse(element, `Must have either a 'zeebe:calledDecision' or a 'zeebe:taskDefinition', but has both`)
  if (!called) return readJobTask(element, parts, reading)
  const decisionId = textOf(called, 'decisionId') ?? ''
  const resultVariable = textOf(called, 'resultVariable') ?? ''
  for (const [attribute, value] of Object.entries({ decisionId, resultVariable })) {
    if (!value) reading.refuse(element, `Expected attribute '${attribute}' of 'zeebe:calledDecision' to be present and not empty`)
  }
  return { ...parts, kind: 'business-rule-task', decisionId: reading.source(element, decisionId), resultVariable }
}

export function readUserTask(element: Moddle, parts: NodeParts, reading: Reading): UserTask {
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
  return { ...parts, kind: 'message-catch', message: readMessage(element, childOf(element, 'messageRef'), reading, { needsKey: true }) }
}

export function readCallActivity(element: Moddle, parts: NodeParts, reading: Reading): CallActivity {
  const called = extensionOf(element, 'zeebe:CalledElement')
  return {
    ...parts,
    kind: 'call-activity',
    processId: reading.source(element, textOf(called, 'processId') ?? ''),
    givesAll: called?.propagateAllParentVariables !== false,
    takesAll: called?.propagateAllChildVariables !== false,
  }
}

export function readPassTask(_element: Moddle, parts: NodeParts): PassTask {
  return { ...parts, kind: 'pass-task' }
}

function readForm(element: Moddle, reading: Reading): UserTask['form'] {
  const definition = extensionOf(element, 'zeebe:FormDefinition')
  const id = textOf(definition, 'formId')
  const key = textOf(definition, 'formKey')
  if (id) return { id: reading.source(element, id) }
  return key ? { key: reading.source(element, key) } : undefined
}

function dateSource(element: Moddle, text: string | undefined, reading: Reading): Source | undefined {
  const source = reading.optionalSource(element, text)
  if (source && !source.feel && Number.isNaN(Date.parse(source.text.replace(/\[.*\]$/, '')))) {
    reading.refuse(element, `Expected a date and time in ISO 8601, but found '${source.text}'`)
  }
  return source
}
