import type { BusinessRuleTask, CallActivity, JobTask, MessageCatch, PassTask, ScriptTask, Source, UserTask } from '../executable.ts'
import { extensionOf, textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import { readJobTask } from './jobTask.ts'
import { readMessage } from './message.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'

const resultName = 'the name of a variable for the result'

/** A script is FEEL that the engine evaluates itself, or work for a job worker. */
export function readScriptTask(element: Moddle, parts: NodeParts, reading: Reading): ScriptTask | JobTask {
  const script = extensionOf(element, 'zeebe:Script')
  if (!script) return readJobTask(element, parts, reading)
  const expression = reading.expression(element, textOf(script, 'expression'), 'the script')
  return { ...parts, kind: 'script-task', expression, resultVariable: checked(textOf(script, 'resultVariable'), resultName) }
}

/** A rule is a decision that the engine makes itself, or work for a job worker. */
export function readBusinessRuleTask(element: Moddle, parts: NodeParts, reading: Reading): BusinessRuleTask | JobTask {
  const called = extensionOf(element, 'zeebe:CalledDecision')
  if (!called) return readJobTask(element, parts, reading)
  const decisionId = reading.source(element, checked(textOf(called, 'decisionId'), 'the id of a decision'))
  return { ...parts, kind: 'business-rule-task', decisionId, resultVariable: checked(textOf(called, 'resultVariable'), resultName) }
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
  return { ...parts, kind: 'message-catch', message: readMessage(element, element, reading) }
}

export function readCallActivity(element: Moddle, parts: NodeParts, reading: Reading): CallActivity {
  const called = extensionOf(element, 'zeebe:CalledElement')
  return {
    ...parts,
    kind: 'call-activity',
    processId: reading.source(element, checked(textOf(called, 'processId'), 'the id of a process')),
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
