import { diagram, extension, inPath, start, type Situation } from '../draw.ts'

const user = (content = '', inProcess = ''): string =>
  diagram(`${inProcess}${inPath(`<userTask id="it">${content === '' ? '' : extension(content)}</userTask>`)}`)
const drawnForm = extension('<zeebe:userTaskForm id="drawn">{"components":[]}</zeebe:userTaskForm>')

/** Tasks that people do. */
export const userTaskSituations: Situation[] = [
  { name: 'a user task', xml: user() },
  { name: 'a user task with a form by its id', xml: user('<zeebe:formDefinition formId="extract"/>') },
  { name: 'a user task with a form by its key', xml: user('<zeebe:formDefinition formKey="https://forms.example/extract"/>') },
  { name: 'a user task with a form both by id and key', xml: user('<zeebe:formDefinition formId="extract" formKey="extract"/>') },
  { name: 'a user task with a form by neither', xml: user('<zeebe:formDefinition/>') },
  { name: 'a user task with a form of an empty id', xml: user('<zeebe:formDefinition formId=""/>') },
  { name: 'a user task with a form of an empty key', xml: user('<zeebe:formDefinition formKey=""/>') },
  { name: 'a user task with a form of blanks', xml: user('<zeebe:formDefinition formId=" "/>') },
  { name: 'a user task with a form drawn in no process', xml: user('<zeebe:formDefinition formKey="camunda-forms:bpmn:nowhere"/>') },
  { name: 'a native user task with a form by its key', xml: user('<zeebe:userTask/><zeebe:formDefinition formKey="https://forms.example/extract"/>') },
  { name: 'a native user task with no form in the form definition', xml: user('<zeebe:userTask/><zeebe:formDefinition/>') },
  { name: 'a user task with a form by an id that is an expression', xml: user('<zeebe:formDefinition formId="= form"/>') },
  { name: 'a user task with a form drawn in the process', xml: user('<zeebe:formDefinition formKey="camunda-forms:bpmn:drawn"/>', drawnForm) },
  { name: 'a user task with two forms', xml: user('<zeebe:formDefinition formId="one"/><zeebe:formDefinition formId="two"/>') },
  { name: 'a form drawn in the process without an id', xml: diagram(`${extension('<zeebe:userTaskForm>{}</zeebe:userTaskForm>')}${start}`) },
  { name: 'a form drawn in the process without content', xml: diagram(`${extension('<zeebe:userTaskForm id="drawn"/>')}${start}`) },
  { name: 'a form drawn in the process with blanks only', xml: diagram(`${extension('<zeebe:userTaskForm id="drawn"> </zeebe:userTaskForm>')}${start}`) },
  { name: 'a user task with an assignee', xml: user('<zeebe:assignmentDefinition assignee="clerk"/>') },
  { name: 'a user task with an empty assignee', xml: user('<zeebe:assignmentDefinition assignee=""/>') },
  { name: 'a user task with an assignment of nobody', xml: user('<zeebe:assignmentDefinition/>') },
  { name: 'a user task with candidate groups', xml: user('<zeebe:assignmentDefinition candidateGroups="registry, archive"/>') },
  { name: 'a user task with candidate users by an expression', xml: user('<zeebe:assignmentDefinition candidateUsers="= clerks"/>') },
  { name: 'a user task with dates', xml: user('<zeebe:taskSchedule dueDate="2027-01-04T08:00:00Z" followUpDate="= remindAt"/>') },
  { name: 'a user task with a schedule without dates', xml: user('<zeebe:taskSchedule/>') },
  { name: 'a user task with headers', xml: user('<zeebe:taskHeaders><zeebe:header key="form" value="extract"/></zeebe:taskHeaders>') },
  { name: 'a user task with a job type', xml: user('<zeebe:taskDefinition type="ask"/>') },
  { name: 'a native user task', xml: user('<zeebe:userTask/>') },
  { name: 'a native user task with an embedded form', xml: user('<zeebe:userTask/><zeebe:formDefinition formKey="camunda-forms:bpmn:drawn"/>', drawnForm) },
  { name: 'a user task by a job with a form kept elsewhere', xml: user('<zeebe:formDefinition externalReference="extract"/>') },
  { name: 'a user task with a priority of 8.6', xml: user('<zeebe:priorityDefinition priority="80"/>') },
  { name: 'a user task with an implementation', xml: diagram(inPath('<userTask id="it" implementation="##unspecified"/>')) },
]
