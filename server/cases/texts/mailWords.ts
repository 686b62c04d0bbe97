import { latinTexts } from '../../rules/scripts/index.ts'
import type { MessageKind } from '../message.ts'
import bg from './mail.bg.json' with { type: 'json' }
import en from './mail.en.json' with { type: 'json' }
import hu from './mail.hu.json' with { type: 'json' }
import ro from './mail.ro.json' with { type: 'json' }
import sr from './mail.sr.json' with { type: 'json' }

/** What the town writes of its own accord, in one language. Lines become paragraphs; `{gaps}` are filled from the case. */
export interface MailWords {
  messages: Record<MessageKind, { subject: string; lines: string[] }>
  closing: string[]
}

const words: Readonly<Record<string, MailWords>> = { 'sr-Cyrl': sr, 'sr-Latn': latinMail(sr), bg, ro, hu, en }

/** The mails of one of the six languages. */
export function mailWords(language: string): MailWords {
  const found = words[language]
  if (!found) throw new Error(`Expected one of ${Object.keys(words).join(', ')}, but got ${language}`)
  return found
}

/** Fills a mail's gaps. `{code}` and `{activation}` stay: they are filled when the mail leaves, so that they are kept nowhere. */
export function fillMail(mail: MailWords, kind: MessageKind, gaps: Record<string, string>): { subject: string; body: string } {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (gap, name: string) => {
      if (name === 'code' || name === 'activation') return gap
      const value = gaps[name]
      if (value === undefined) throw new Error(`Expected a value for ${gap} in the mail ${kind}, but got none`)
      return value
    })
  const { subject, lines } = mail.messages[kind]
  return { subject: fill(subject), body: [...lines, ...mail.closing].map(fill).join('\n') + '\n' }
}

// The names of gaps are Latin already and stay as they are.
function latinMail(mail: MailWords): MailWords {
  return { messages: latinTexts(mail.messages), closing: latinTexts(mail.closing) }
}
