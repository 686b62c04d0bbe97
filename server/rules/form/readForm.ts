import { evaluateInForm, isExpression } from './conditions.ts'
import { fieldKinds, shownOnly } from './fields/index.ts'
import type { FieldKind } from './fields/field.ts'
import type { Answers, FormComponent, FormSchema } from './schema.ts'

type Entries = Record<string, unknown>

/** A field that is asked, with the answer given to it. */
export interface AskedField {
  /** Where the answer is kept: "subject.name", "children[0].birthDate". */
  readonly key: string
  readonly field: FormComponent
  readonly kind: FieldKind
  readonly answer: unknown
  /** What FEEL in this field sees. */
  readonly variables: Record<string, unknown>
}

/** What a form asks, given the answers so far. */
export interface ReadForm {
  readonly fields: readonly AskedField[]
  /** The answers to what is asked, and nothing else. */
  readonly kept: Answers
}

// The longest list of rows a person may fill in.
const MOST_ROWS = 200

/**
 * Goes through a form in order, as its viewer does: what a condition hides is not asked and its answer does not count for later conditions;
 * what is disabled or only to be read is not asked either. Throws when the form has a component that is not known.
 */
export function readForm(schema: FormSchema, answers: Answers, variables: Record<string, unknown> = {}): ReadForm {
  const fields: AskedField[] = []
  const kept: Entries = {}
  const counting = known(schema.components, answers)
  const around = { ...variables, ...unanswered(schema.components) }

  const read = (components: readonly FormComponent[], given: Entries, into: Entries, prefix: string, local: Entries): void => {
    for (const component of components) {
      const visible = { ...around, ...counting, ...local }
      const hidden = isExpression(component.conditional?.hide) && evaluateInForm(component.conditional.hide, visible) === true
      if (component.type === 'dynamiclist') readRows(component, given, into, prefix, local, hidden)
      else if (component.components) readGroup(component, given, into, prefix, local, hidden)
      else if (hidden) removeAnswers(component, given)
      else readField(component, given, into, prefix, visible)
    }
  }

  const readGroup = (
    group: FormComponent, given: Entries, into: Entries, prefix: string, local: Entries, hidden: boolean,
  ): void => {
    if (hidden) return removeAnswers(group, given)
    const path = steps(group.path)
    read(group.components ?? [], open(given, path), open(into, path), prefix + path.map((step) => `${step}.`).join(''), local)
    dropEmpty(into, path)
  }

  const readRows = (
    list: FormComponent, given: Entries, into: Entries, prefix: string, local: Entries, hidden: boolean,
  ): void => {
    if (hidden) return removeAnswers(list, given)
    const path = steps(list.path)
    const rows = at(given, path)
    const made: Entries[] = []
    for (const [index, answer] of (Array.isArray(rows) ? rows.slice(0, MOST_ROWS) : []).entries()) {
      const item = isEntries(answer) ? answer : {}
      const keptRow: Entries = {}
      const row = { ...local, ...item, this: item, parent: given, i: index + 1 }
      read(list.components ?? [], item, keptRow, `${prefix}${path.join('.')}[${index}].`, row)
      made.push(keptRow)
    }
    if (made.length) put(into, path, made)
  }

  const readField = (field: FormComponent, given: Entries, into: Entries, prefix: string, visible: Record<string, unknown>): void => {
    const kind = fieldKinds.get(field.type)
    if (!kind) {
      if (shownOnly.has(field.type)) return
      throw new Error(`Expected a form of known fields, but ${field.id ?? field.key ?? 'one'} is of the kind "${field.type}"`)
    }
    if (!isAsked(field)) return
    const path = steps(field.key)
    const answer = at(given, path)
    if (answer !== undefined) put(into, path, answer)
    fields.push({ key: prefix + path.join('.'), field, kind, answer, variables: visible })
  }

  read(schema.components, counting, kept, '', {})
  return { fields, kept }
}

// Answers to fields that the form has: others must not sway its conditions.
function known(components: readonly FormComponent[], given: Entries): Entries {
  const found: Entries = {}
  const copy = (component: FormComponent, from: unknown, into: Entries): void => {
    if (!isEntries(from)) return
    const path = steps(component.type === 'dynamiclist' || component.components ? component.path : component.key)
    if (component.type === 'dynamiclist') {
      const rows = at(from, path)
      if (Array.isArray(rows)) put(into, path, rows.map((row) => (isEntries(row) ? known(component.components ?? [], row) : {})))
    } else if (component.components) {
      for (const each of component.components) copy(each, at(from, path), open(into, path))
    } else if (isAsked(component) && at(from, path) !== undefined) {
      put(into, path, structuredClone(at(from, path)))
    }
  }
  for (const component of components) copy(component, given, found)
  return found
}

// What the form asks is unknown until it is answered here: an answer from an earlier round must not steer this one.
function unanswered(components: readonly FormComponent[]): Entries {
  const names = components.flatMap((component): string[] => {
    const [first] = steps(component.type === 'dynamiclist' || component.components ? component.path : component.key)
    if (first !== undefined) return component.components || isAsked(component) ? [first] : []
    return Object.keys(unanswered(component.components ?? []))
  })
  return Object.fromEntries(names.map((name) => [name, null]))
}

function isAsked(field: FormComponent): boolean {
  return Boolean(field.key) && field.disabled !== true && field.readonly !== true
}

function removeAnswers(component: FormComponent, given: Entries): void {
  if (component.key) remove(given, steps(component.key))
  if (component.type === 'dynamiclist') return remove(given, steps(component.path))
  const inner = at(given, steps(component.path))
  for (const each of component.components ?? []) if (isEntries(inner)) removeAnswers(each, inner)
}

function steps(path: string | undefined): string[] {
  return path ? path.split('.') : []
}

function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function at(entries: Entries, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => (isEntries(value) && Object.hasOwn(value, step) ? value[step] : undefined), entries)
}

function open(entries: Entries, path: readonly string[]): Entries {
  let inner = entries
  for (const step of path) {
    const next = Object.hasOwn(inner, step) ? inner[step] : undefined
    inner = isEntries(next) ? next : define(inner, step, {})
  }
  return inner
}

function put(entries: Entries, path: readonly string[], value: unknown): void {
  define(open(entries, path.slice(0, -1)), path.at(-1) ?? '', value)
}

// Defined, not assigned: a key called "__proto__" must be an entry like any other.
function define<T>(entries: Entries, key: string, value: T): T {
  Object.defineProperty(entries, key, { value, enumerable: true, configurable: true, writable: true })
  return value
}

function remove(entries: Entries, path: readonly string[]): void {
  const holder = at(entries, path.slice(0, -1))
  const last = path.at(-1)
  if (last !== undefined && isEntries(holder)) delete holder[last]
}

function dropEmpty(entries: Entries, path: readonly string[]): void {
  const inner = at(entries, path)
  if (path.length && isEntries(inner) && Object.keys(inner).length === 0) remove(entries, path)
}
