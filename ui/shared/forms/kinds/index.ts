import { h } from 'preact'
import { checkbox } from './checkbox.ts'
import { checklist, radio, select } from './choose.ts'
import { companyNumber } from './companyNumber.ts'
import { date } from './date.ts'
import { asGiven, type FieldKind } from './field.ts'
import { files } from './files.ts'
import { group } from './group.ts'
import { number } from './number.ts'
import { personalNumber } from './personalNumber.ts'
import { textArea } from './textArea.ts'
import { textLine } from './textLine.ts'

/** A page has its own buttons beside the form. */
const button: FieldKind<unknown> = () => h('span', { hidden: true })
button.config = { type: 'button', keyed: false, name: 'Button', group: 'action', create: asGiven }

/** Each kind of field we draw. `text` (Markdown) and what else a form may hold stay the viewer's own. */
export const fieldKinds = [
  textLine, textArea, number, date, radio, select, checkbox, checklist, personalNumber, companyNumber, files, group, button,
] as const satisfies readonly Pick<FieldKind<never>, 'config'>[]

interface FormFields {
  register(type: string, kind: unknown): void
}

/** The viewer's module part that puts our kinds in place of its own. */
export class OurFieldKinds {
  static $inject = ['formFields']
  constructor(formFields: FormFields) {
    for (const kind of fieldKinds) formFields.register(kind.config.type, kind)
  }
}
