import type { PdfFile } from './pdfFile.ts'
import { fieldsOf, type FieldLock } from './signatureFields.ts'
import { isDict, nameOf, PdfFault, PdfName, PdfRef, PdfStream, PdfString, type PdfDict, type PdfValue } from './values.ts'

/** What later revisions did to a signed one, in the four classes that EU DSS tells apart. */
export interface Changes {
  /** Pages added or taken away. */
  pages: boolean
  /** Form fields filled, signatures added. */
  form: boolean
  /** Notes and other annotations. */
  notes: boolean
  /** Anything else: other text, other resources, other behavior. */
  other: boolean
  /** Full names of the fields that changed. */
  fields: ReadonlySet<string>
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate']
/** What a reader writes into a field when it is filled or signed. */
const FILLING = new Set(['V', 'AP', 'AS', 'M', 'MK', 'Kids', 'I', 'Ff'])
const FORM_WIDE = new Set(['SigFlags', 'DR', 'DA', 'NeedAppearances', 'Fields'])
/** Material for long-term validation (EN 319 142-1, 5.4) and its announcement: added without touching what is signed. */
const BESIDE = new Set(['DSS', 'Extensions', 'Version'])
/** Ways back to what is compared already, and the length of what is compared itself. */
const ASIDE: ReadonlySet<string> = new Set(['Parent', 'Length'])
const ASIDE_OF_NOTES: ReadonlySet<string> = new Set([...ASIDE, 'P'])
const MOST_STEPS = 200_000

/** Compares two revisions from the catalog on. What no page, form or name reaches is not seen by a reader and not compared. */
export function compareRevisions(before: PdfFile, after: PdfFile): Changes {
  const found = { pages: false, form: false, notes: false, other: false, fields: new Set<string>() }
  new Comparison(before, after, found).run()
  return found
}

class Comparison {
  readonly #seen = new Set<string>()
  readonly #names: Map<PdfDict, string>
  readonly #signatureFields: Set<PdfDict>
  #steps = 0

  constructor(readonly before: PdfFile, readonly after: PdfFile, readonly found: Changes & { fields: Set<string> }) {
    this.#names = new Map()
    this.#signatureFields = new Set()
    for (const { name, dict, type } of fieldsOf(after)) {
      this.#names.set(dict, name)
      if (type === 'Sig') this.#signatureFields.add(dict)
    }
  }

  run(): void {
    const [one, other] = [this.before.catalog, this.after.catalog]
    for (const key of keysOf(one, other)) {
      if (BESIDE.has(key)) continue
      if (key === 'AcroForm') this.#form(this.before.dictAt(one, key), this.after.dictAt(other, key))
      else if (key === 'Perms') this.#found('form', this.#differs(one.get(key), other.get(key)))
      else if (key === 'Pages') this.#pages(one, other)
      else this.#found('other', this.#differs(one.get(key), other.get(key)))
    }
  }

  #found(what: 'form' | 'notes' | 'other', isSo: boolean): void {
    if (isSo) this.found[what] = true
  }

  #form(one: PdfDict | undefined, other: PdfDict | undefined): void {
    if (!other) return this.#found('other', one !== undefined)
    for (const key of keysOf(one ?? new Map(), other)) {
      if (key === 'Fields') this.#fields(this.before.listAt(one, key), this.after.listAt(other, key))
      else this.#found(FORM_WIDE.has(key) ? 'form' : 'other', this.#differs(one?.get(key), other.get(key)))
    }
  }

  #fields(one: readonly PdfValue[], other: readonly PdfValue[]): void {
    if (other.length < one.length) this.found.other = true
    other.forEach((value, index) => {
      const field = this.after.resolve(value)
      if (!isDict(field)) return
      const former = this.before.resolve(one[index])
      if (isDict(former)) this.#field(former, field)
      else if (this.#signatureFields.has(field)) this.found.form = true
      else this.found.other = true
    })
  }

  #field(one: PdfDict, other: PdfDict): void {
    for (const key of keysOf(one, other)) {
      if (key === 'Parent' || key === 'P') continue
      if (key === 'Kids') {
        this.#fields(this.before.listAt(one, key), this.after.listAt(other, key))
        continue
      }
      if (!this.#differs(one.get(key), other.get(key))) continue
      if (!FILLING.has(key)) this.found.other = true
      this.found.form = true
      this.found.fields.add(this.#names.get(other) ?? '')
    }
  }

  #pages(one: PdfDict, other: PdfDict): void {
    const [former, present] = [pagesOf(this.before, one), pagesOf(this.after, other)]
    if (former.length !== present.length) this.found.pages = true
    present.forEach((page, index) => {
      if (former[index]) this.#page(former[index], page)
    })
  }

  #page(one: PdfDict, other: PdfDict): void {
    for (const key of keysOf(one, other)) {
      if (key === 'Parent') continue
      if (key === 'Annots') this.#notes(this.before.listAt(one, key), this.after.listAt(other, key))
      else this.#found('other', this.#differs(one.get(key), other.get(key)))
    }
  }

  #notes(one: readonly PdfValue[], other: readonly PdfValue[]): void {
    if (other.length < one.length) this.found.notes = true
    other.forEach((value, index) => {
      const note = this.after.resolve(value)
      if (!isDict(note)) return
      const former = this.before.resolve(one[index])
      const isField = nameOf(this.after.resolve(note.get('Subtype'))) === 'Widget'
      if (!isDict(former)) this.#found(isField && this.#signatureFields.has(note) ? 'form' : 'notes', true)
      else if (isField) this.#field(former, note)
      else this.#found('notes', this.#dictsDiffer(former, note, 0, ASIDE_OF_NOTES))
    })
  }

  #differs(one: PdfValue | undefined, other: PdfValue | undefined, depth = 0): boolean {
    if (++this.#steps > MOST_STEPS || depth > 100) throw new PdfFault('The file has more in it than is compared')
    if (one instanceof PdfRef && other instanceof PdfRef) {
      const pair = `${one.number} ${other.number}`
      if (this.#seen.has(pair)) return false
      this.#seen.add(pair)
      const differs = this.#differs(this.before.resolve(one), this.after.resolve(other), depth + 1)
      // Asked again from another place, it must be told again.
      if (differs) this.#seen.delete(pair)
      return differs
    }
    const [a, b] = [this.before.resolve(one), this.after.resolve(other)]
    if (a instanceof PdfStream && b instanceof PdfStream) {
      return Buffer.compare(a.raw, b.raw) !== 0 || this.#dictsDiffer(a.dict, b.dict, depth)
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      return a.length !== b.length || a.some((each, index) => this.#differs(each, b[index], depth + 1))
    }
    if (isDict(a) && isDict(b)) return this.#dictsDiffer(a, b, depth)
    return !isSamePlain(a, b)
  }

  #dictsDiffer(one: PdfDict, other: PdfDict, depth: number, aside = ASIDE): boolean {
    return [...keysOf(one, other)].some((key) => !aside.has(key) && this.#differs(one.get(key), other.get(key), depth + 1))
  }
}

function isSamePlain(one: PdfValue, other: PdfValue): boolean {
  if (one instanceof PdfName) return other instanceof PdfName && one.name === other.name
  if (one instanceof PdfString) return other instanceof PdfString && Buffer.compare(one.bytes, other.bytes) === 0
  return one === other
}

const keysOf = (one: PdfDict, other: PdfDict): Set<string> => new Set([...one.keys(), ...other.keys()])

function pagesOf(file: PdfFile, catalog: PdfDict): PdfDict[] {
  const pages: PdfDict[] = []
  const seen = new Set<PdfDict>()
  const waiting: { value: PdfValue; inherited: PdfDict }[] = [{ value: catalog.get('Pages') ?? null, inherited: new Map() }]
  while (waiting.length > 0) {
    const { value, inherited } = waiting.shift()!
    const node = file.resolve(value)
    if (!isDict(node) || seen.has(node)) continue
    seen.add(node)
    if (seen.size > 20_000) throw new PdfFault('The file has too many pages')
    const passed: PdfDict = new Map(inherited)
    for (const key of INHERITED) if (node.has(key)) passed.set(key, node.get(key)!)
    const kids = file.resolve(node.get('Kids'))
    if (Array.isArray(kids)) waiting.unshift(...kids.map((kid) => ({ value: kid, inherited: passed })))
    else pages.push(new Map([...passed, ...node]))
  }
  return pages
}

/** Whether what changed is within what a certification allows (ISO 32000-2, 12.8.2.2). */
export function isWithin(permission: 1 | 2 | 3 | null, changes: Changes): boolean {
  if (permission === null) return true
  if (changes.other || changes.pages) return false
  return permission === 3 || (!changes.notes && (permission === 2 || !changes.form))
}

/** Whether no closed field changed (ISO 32000-2, 12.8.2.4). */
export function isUnlocked(locks: readonly FieldLock[], changes: Changes): boolean {
  const closes = ({ action, fields }: FieldLock, name: string): boolean =>
    action === 'All' || (action === 'Include' && fields.includes(name)) || (action === 'Exclude' && !fields.includes(name))
  return [...changes.fields].every((name) => !locks.some((lock) => closes(lock, name)))
}
