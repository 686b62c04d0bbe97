import { staffRoles } from '../../identity/actor.ts'

/**
 * The words the table of rights is written in. Each is the key of a text in six languages (`inbox.rights.…`), and each has
 * exactly one meaning in code, in `../may.ts`.
 */

/** Who. A person may be several at once; `anybody` is everyone, `code` whoever holds number and access code of one request. */
export const parties = ['anybody', 'code', 'citizen', ...staffRoles, 'system'] as const
export type Party = (typeof parties)[number]

/** What is done, as noun and verb. */
export const deeds = [
  'request.file', 'request.file-for-another', 'request.take', 'draft.open', 'case.read', 'act.read',
  'task.see', 'task.claim', 'task.complete', 'task.release',
  'contact.see', 'history.see', 'clerk-name.see', 'number.show', 'looks.see',
  'citizen.register', 'citizen.confirm', 'person.merge', 'mandate.record',
  'statistics.read', 'procedure.design',
  'operation.see', 'operation.mend', 'audit.check', 'rights.see', 'tenant.administer', 'tenant.add',
] as const
export type Deed = (typeof deeds)[number]

/** On what: how the person stands to it. */
export const relations = [
  'any', 'at-their-level', 'own-draft', 'own', 'mandated', 'mandated-to-file', 'mandated-to-receive',
  'opened-by-code', 'in-unit', 'taken-in', 'task-there', 'asked-there', 'readable',
  'asked', 'asked-by-role', 'held',
] as const
export type Relation = (typeof relations)[number]

/** When: the state it must be in. */
export const states = ['task-open', 'task-free', 'task-taken', 'case-open', 'case-closed'] as const
export type State = (typeof states)[number]

/** One line of the table: any of `who` may do `what` where all of `on` hold, while all of `when` hold. */
export interface Right {
  readonly who: readonly Party[]
  readonly what: Deed
  readonly on: readonly Relation[]
  readonly when: readonly State[]
}

/** The headings under which people look for a deed. */
export const sections: readonly { readonly id: string; readonly deeds: readonly Deed[] }[] = [
  { id: 'requests', deeds: ['request.file', 'request.file-for-another', 'request.take', 'draft.open', 'case.read', 'act.read'] },
  { id: 'tasks', deeds: ['task.see', 'task.claim', 'task.complete', 'task.release'] },
  { id: 'fields', deeds: ['contact.see', 'history.see', 'clerk-name.see', 'number.show', 'looks.see'] },
  { id: 'people', deeds: ['citizen.register', 'citizen.confirm', 'person.merge', 'mandate.record'] },
  { id: 'town', deeds: [
    'statistics.read', 'procedure.design', 'operation.see', 'operation.mend', 'audit.check', 'rights.see', 'tenant.administer', 'tenant.add',
  ] },
]

/**
 * Deeds the table settles before the product can do them, so that whoever builds them finds the answer and does not invent one.
 * The page says so; a test takes care that a deed leaves this list when it is asked for.
 */
export const toCome: readonly Deed[] = [
  'citizen.register', 'citizen.confirm', 'person.merge', 'statistics.read', 'procedure.design',
]
