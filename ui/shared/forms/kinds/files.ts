import { h, type JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { sizeInWords } from '../../words/numbers.ts'
import type { Language } from '../../../../server/http/contract/words.ts'
import { signatureIcons, type SignatureWords } from '../../words/signatureWords.ts'
import type { FileRow, UploadDesk } from '../uploadDesk.ts'
import { asGiven, icon, idsOf, notes, useFormWords, useService, type FieldKind, type FormWords } from './field.ts'

const megabyte = 1024 * 1024
const mostMegabytes = 10

/** Several papers of one kind: photograph, choose, or drop. The answer is the list of ids of the files that have arrived. */
export const files: FieldKind<string[]> = (props) => {
  const words = useFormWords()
  const { language } = useService<{ language: Language }>('formReader')
  const desk = useService<UploadDesk | null>('uploadDesk')
  const key = props.field.key ?? props.field.id
  const max = props.field.max ?? 10
  const [rows, setRows] = useState<readonly FileRow[]>(desk?.rows(key) ?? [])
  const answer = useRef(props.onChange)
  answer.current = props.onChange

  useEffect(() => desk?.listen((field) => {
    if (field !== key) return
    const now = desk.rows(key)
    setRows(now)
    answer.current({ value: now.filter(({ state }) => state === 'kept').map(({ id }) => id) })
  }), [desk, key])

  const limits = words('files.limits', { size: sizeInWords((props.field.maxMegabytes ?? mostMegabytes) * megabyte, language), max })
  // A procedure that explains the paper itself says it better.
  const why = props.field.description || (props.field.recommended ? words('form.recommended') : '')
  const hint = [why, limits].filter(Boolean).join(' ')
  const { id, describedBy } = idsOf(props, hint)
  const take = (list: FileList | null): void => {
    if (list && list.length > 0) desk?.add(key, [...list], max)
  }
  const closed = props.readonly || props.disabled || !desk

  const tone = props.errors.length > 0 ? 'field bad' : 'field'
  return h('div', { class: tone, role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy },
    h('span', { class: 'label', id: `${id}-label` }, props.field.label),
    ...notes(props, hint),
    h('div', { class: 'files' },
      rows.map((row) => fileRow(row, language, words, closed ? undefined : () => desk.remove(key, row.id))),
      closed ? null : h('div', {
        class: 'drop',
        onDragOver: (event: DragEvent) => event.preventDefault(),
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          take(event.dataTransfer?.files ?? null)
        },
      },
      pickButton(`${id}-camera`, 'camera', words('files.photograph'), { capture: 'environment', accept: 'image/jpeg,image/png' }, take),
      pickButton(id, 'clip', words('files.choose'), { multiple: true, accept: 'application/pdf,image/jpeg,image/png,.p7s,.p7m' }, take),
      h('span', { class: 'small two noprint' }, words('files.drop')))))
}

files.config = { type: 'files', keyed: true, name: 'Files', group: 'basic-input', emptyValue: [], create: asGiven }

/** A real file input, so that keyboard and screen reader know what it is; the label is its button. */
function pickButton(id: string, name: 'camera' | 'clip', label: string, extra: object, take: (list: FileList | null) => void): JSX.Element {
  return h('span', { class: 'pickfile' },
    h('input', {
      id, type: 'file', class: 'out', ...extra,
      onChange: (event: JSX.TargetedEvent<HTMLInputElement>) => {
        take(event.currentTarget.files)
        // The same file chosen again is a change again.
        event.currentTarget.value = ''
      },
    }),
    h('label', { class: 'btn', for: id }, icon(name), label))
}

function signatureLine({ tone, head, why }: SignatureWords, index: number): JSX.Element {
  return h('span', { class: `signature ${tone}`, key: index, role: 'status' },
    icon(signatureIcons[tone]),
    h('span', { class: 'grow' }, head, why.map((sentence) => h('span', { class: 'small two', key: sentence }, sentence))))
}

function fileRow(row: FileRow, language: Language, words: FormWords, remove: (() => void) | undefined): JSX.Element {
  const size = sizeInWords(row.sizeBytes, language)
  const told: Record<FileRow['state'], string> = {
    sending: words('files.sending', { sent: sizeInWords(row.sentBytes, language), size }),
    kept: words('files.kept', { size }),
    waiting: words('files.waiting'),
    refused: row.sentence ?? '',
  }
  const part = row.sizeBytes === 0 ? 0 : Math.round((row.sentBytes / row.sizeBytes) * 100)
  const removal = { class: 'btn bare', type: 'button' as const, 'aria-label': words('files.remove', { name: row.name }), onClick: remove }
  return h('div', { class: 'file', key: row.id },
    h('span', { class: 'thumb' }, icon(row.state === 'waiting' ? 'pause' : row.state === 'refused' ? 'late' : 'doc')),
    h('span', { class: 'grow' },
      h('b', { class: 'cut filename' }, row.name),
      row.state === 'sending' ? h('span', { class: 'bar', style: { '--at': `${part}%` }, 'aria-hidden': 'true' }, h('i', null)) : null,
      h('span', { class: row.state === 'refused' ? 'small fault' : 'small two', role: 'status' }, told[row.state])),
    remove ? h('button', removal, icon('x')) : null,
    (row.signatures ?? []).map(signatureLine))
}
