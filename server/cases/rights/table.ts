import type { StaffRole } from '../../identity/actor.ts'
import type { Deed, Party, Relation, Right, State } from './words.ts'

/** Those who work on the requests of their unit. */
const caseworkers = [
  'counter-clerk', 'case-clerk', 'registrar', 'head', 'supervisor', 'records-officer',
] as const satisfies readonly StaffRole[]

/** Those who do only the steps that ask for their role by name: a village office, a body outside the town hall. */
const askedByName = ['village-office-clerk', 'external-organisation'] as const satisfies readonly StaffRole[]

/** Those who read a request as the town hall does. */
const insiders = [...caseworkers, 'village-office-clerk', 'auditor', 'administrator', 'system'] as const satisfies readonly Party[]

/**
 * Who may do what: the whole table. What no line allows is not allowed, and no line takes away what another gives.
 * What the town publishes (its procedures, fees and terms, whether an act is genuine) is nobody's right: anybody reads it.
 */
export const rights: readonly Right[] = [
  may(['anybody'], 'request.file', ['at-their-level']),
  may(['citizen'], 'request.file-for-another', ['at-their-level', 'mandated-to-file']),
  may([...caseworkers, 'village-office-clerk', 'system'], 'request.take', ['any']),
  may(['anybody'], 'draft.open', ['own-draft']),
  may(['citizen'], 'case.read', ['own']),
  may(['citizen'], 'case.read', ['mandated']),
  may(['code'], 'case.read', ['opened-by-code']),
  may(caseworkers, 'case.read', ['in-unit']),
  may(caseworkers, 'case.read', ['task-there']),
  may(['counter-clerk', 'village-office-clerk'], 'case.read', ['taken-in']),
  may(['village-office-clerk'], 'case.read', ['asked-there']),
  may(['external-organisation'], 'case.read', ['asked-there'], ['case-open']),
  may(['records-officer'], 'case.read', ['any'], ['case-closed']),
  may(['auditor', 'administrator', 'system'], 'case.read', ['any']),
  // A code is told on the phone and lies on a desk; a procedure may ask for more before its act is read.
  may(['code'], 'act.read', ['opened-by-code', 'at-their-level']),
  may(['citizen'], 'act.read', ['own', 'at-their-level']),
  // Who acts for another reads the request; the act only whom the mandate lets receive it, for to open it is to be served with it.
  may(['citizen'], 'act.read', ['mandated-to-receive', 'at-their-level']),
  may([...insiders, 'external-organisation'], 'act.read', ['readable']),

  may(caseworkers, 'task.see', ['in-unit']),
  may(caseworkers, 'task.see', ['asked']),
  may(askedByName, 'task.see', ['asked-by-role']),
  may([...caseworkers, ...askedByName], 'task.see', ['held']),
  may(['auditor', 'administrator'], 'task.see', ['any']),
  may(caseworkers, 'task.claim', ['asked'], ['task-open', 'task-free']),
  may(askedByName, 'task.claim', ['asked-by-role'], ['task-open', 'task-free']),
  // Meant for them still: a role taken away acts at once, also on what lies on the desk.
  may(caseworkers, 'task.complete', ['asked', 'held'], ['task-open']),
  may(askedByName, 'task.complete', ['asked-by-role', 'held'], ['task-open']),
  may([...caseworkers, ...askedByName], 'task.release', ['held'], ['task-open']),
  may(['head', 'supervisor'], 'task.release', ['in-unit'], ['task-open', 'task-taken']),

  // Whoever does the step knows what is missing; the head answers for the term.
  may(caseworkers, 'term.change', ['asked', 'held'], ['task-open']),
  may(['head', 'supervisor'], 'term.change', ['in-unit'], ['task-open']),
  may(caseworkers, 'supplement.request', ['asked', 'held'], ['task-open']),
  may(['citizen'], 'supplement.answer', ['own'], ['case-open']),
  may(['citizen'], 'supplement.answer', ['mandated-to-supplement'], ['case-open']),
  may(['code'], 'supplement.answer', ['opened-by-code'], ['case-open']),

  // Another body needs the matter it is asked about, not the person's telephone and not the office's own history.
  may(['code', 'citizen', ...insiders], 'contact.see', ['readable']),
  may(['code', 'citizen', ...insiders], 'history.see', ['readable']),
  may(insiders, 'clerk-name.see', ['readable']),
  may(['counter-clerk', 'village-office-clerk', 'case-clerk', 'registrar', 'head'], 'number.show', ['readable'], ['case-open']),
  may(['records-officer'], 'number.show', ['readable'], ['case-closed']),
  may(['code', 'citizen', 'auditor'], 'looks.see', ['readable']),
  may([...caseworkers, 'village-office-clerk'], 'payment.record', ['readable']),

  may(['counter-clerk', 'village-office-clerk'], 'citizen.register', ['any']),
  may(['counter-clerk', 'supervisor'], 'citizen.confirm', ['any']),
  // Of a person's page each sees the contact and of the cases only those they may read anyway.
  may([...caseworkers, 'village-office-clerk', 'auditor'], 'person.read', ['any']),
  may(caseworkers, 'person.note', ['any']),
  may(['registrar', 'records-officer', 'supervisor'], 'person.merge', ['any']),
  may(['counter-clerk', 'village-office-clerk', 'registrar'], 'mandate.record', ['any']),

  // Numbers without names.
  may(['quality-manager', 'head', 'supervisor'], 'statistics.read', ['any']),
  may(['process-designer'], 'procedure.design', ['any']),
  may(['auditor', 'administrator'], 'operation.see', ['any']),
  may(['administrator'], 'operation.mend', ['any']),
  may(['auditor', 'administrator'], 'audit.check', ['any']),
  may(['head', 'quality-manager', 'auditor', 'administrator'], 'rights.see', ['any']),
  may(['administrator'], 'tenant.administer', ['any']),
  // Of the whole installation: whoever keeps it, not a town's own administrator.
  may(['operator'], 'tenant.add', ['any']),
]

function may(who: readonly Party[], what: Deed, on: readonly Relation[], when: readonly State[] = []): Right {
  return { who, what, on, when }
}
