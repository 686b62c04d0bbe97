import { around } from '../drawing.ts'
import { extensionOf, extensionsOf, listOf, textOf } from '../moddle.ts'
import { countOf, hasText, type Rule } from './rule.ts'

/** What the engine needs to know of a task, as its extension elements say it. */

const exactlyOneOf = (...types: string[]): Rule => (element, refuse) => {
  const found = countOf(element, ...types)
  if (found !== 1) refuse(element, `Expected exactly one ${types.map((type) => `'${xmlName(type)}'`).join(' or ')}, but found ${found}`)
}

const needs = (...attributes: string[]): Rule => (extension, refuse) => {
  for (const attribute of attributes) {
    if (!hasText(extension, attribute)) refuse(extension, `Expected the attribute '${attribute}' to be present and not empty`)
  }
}

/** Who does what the engine does not is told by exactly one extension. */
export const checkServiceTask = exactlyOneOf('zeebe:TaskDefinition')
export const checkSendTask = exactlyOneOf('zeebe:TaskDefinition')
export const checkBusinessRuleTask = exactlyOneOf('zeebe:CalledDecision', 'zeebe:TaskDefinition')
export const checkScriptTask = exactlyOneOf('zeebe:Script', 'zeebe:TaskDefinition')
export const checkCallActivity = exactlyOneOf('zeebe:CalledElement')
export const checkLoop = exactlyOneOf('zeebe:LoopCharacteristics')

/** Without these attributes the extension says nothing. */
export const checkTaskDefinition = needs('type')
export const checkCalledDecision = needs('decisionId', 'resultVariable')

/** Bindings came with 8.6: without them the latest version is called, which is not what was drawn. */
export const checkBinding: Rule = (extension, refuse) => {
  const binding = textOf(extension, 'bindingType')
  if (binding && binding !== 'latest') refuse(extension, `Expected the binding type 'latest', because '${binding}' is not executable`)
}

export const checkScript = needs('expression', 'resultVariable')
export const checkCalledElement = needs('processId')

/** There is a list to work through, and results are collected as a whole or not at all. */
export const checkLoopCharacteristics: Rule = (loop, refuse) => {
  needs('inputCollection')(loop, refuse)
  if (hasText(loop, 'outputCollection') !== hasText(loop, 'outputElement')) {
    refuse(loop, `Expected the attributes 'outputCollection' and 'outputElement' to be both present or both missing`)
  }
}

/** A task for a person makes a job, and has one form at most. */
export const checkUserTask: Rule = (task, refuse) => {
  if (extensionOf(task, 'zeebe:UserTask')) {
    refuse(task, `Expected no 'zeebe:userTask', because such a task makes no job, so nobody could complete it through this gateway`)
  }
  for (const form of extensionsOf(task, 'zeebe:FormDefinition')) {
    const given = ['formId', 'formKey'].filter((attribute) => textOf(form, attribute)?.trim())
    if (given.length !== 1) refuse(form, `Expected exactly one of the attributes 'formId' and 'formKey', but found ${given.length}`)
  }
}

/** A form kept in the process itself. */
export const checkUserTaskForm: Rule = (form, refuse) => {
  if (!textOf(form, 'body')?.trim()) refuse(form, 'Expected the form to have content, but it is empty')
}

/** Listeners came with 8.6; passing one over would leave out work that was drawn. */
export const checkListeners: Rule = (listeners, refuse) => {
  if (listOf(listeners, 'listeners').length > 0) refuse(listeners, 'Expected no listeners, because they are not executable')
}

/** No documentation of 8.5 has it, though its validators let it pass: who draws it waits for a message that never comes. */
export const checkPublishing: Rule = (publishing, refuse) => {
  const sender = around(around(publishing))
  if (sender.$type === 'bpmn:SendTask' || sender.$type === 'bpmn:MessageEventDefinition') {
    refuse(publishing, `Expected a 'zeebe:taskDefinition' instead, because the engine sends no message itself`)
  }
}

/** A handler runs when something is taken back, never because a flow leads to it. */
export const checkHandler: Rule = (activity, refuse) => {
  if (activity.isForCompensation !== true) return
  if (listOf(activity, 'incoming').length > 0) refuse(activity, 'Expected no sequence flow to lead to a compensation handler')
  if (listOf(activity, 'outgoing').length > 0) refuse(activity, 'Expected no sequence flow to lead on from a compensation handler')
}

function xmlName(type: string): string {
  return type.replace(/:./, (first) => first.toLowerCase())
}
