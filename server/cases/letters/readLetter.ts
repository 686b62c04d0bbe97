import { marked, type Token, type Tokens } from 'marked'
import { compileExpression, type CompiledExpression } from '../../rules/feel/index.ts'
import { letterFunctions } from './letterWords.ts'
import type { Block, Span } from './blocks.ts'

/** A letter's source, read once: Markdown with `{{ FEEL }}` fields and `{{#if FEEL}} … {{/if}}` passages. */
export interface Letter {
  /** Fills the fields. `evaluate` answers a field's words, or whether a passage stands. */
  fill(evaluate: (expression: CompiledExpression) => string | boolean): Block[]
}

// Fields stand in the Markdown as one private-use character each, so that no sign of FEEL is taken for Markdown
// and no answer of a citizen can become Markdown.
const firstFieldMark = 0xe000
const tag = /\{\{\s*(#if\s+|\/if)?(.*?)\s*\}\}/gs

/** Reads a letter. Throws on an expression that FEEL refuses and on an `if` without its end. */
export function readLetter(source: string): Letter {
  const parts = readParts(source)
  return {
    fill(evaluate) {
      const fields: CompiledExpression[] = []
      const markdown = write(parts, evaluate, fields)
      return toBlocks(marked.lexer(markdown), (mark) => {
        const words = evaluate(fields[mark]!)
        return typeof words === 'boolean' ? String(words) : words
      })
    },
  }
}

type Part = { text: string } | { field: CompiledExpression } | { condition: CompiledExpression; parts: Part[] }

function readParts(source: string): Part[] {
  const root: Part[] = []
  const open: Part[][] = [root]
  let from = 0
  for (const match of source.matchAll(tag)) {
    const [whole, verb, expression] = match
    open.at(-1)!.push({ text: source.slice(from, match.index) })
    from = match.index + whole.length
    if (verb === '/if') {
      if (open.length === 1) throw new Error('Expected {{#if …}} before {{/if}}')
      open.pop()
    } else if (verb) {
      const passage = { condition: compile(expression!), parts: [] as Part[] }
      open.at(-1)!.push(passage)
      open.push(passage.parts)
    } else open.at(-1)!.push({ field: compile(expression!) })
  }
  if (open.length > 1) throw new Error('Expected {{/if}} for each {{#if …}}')
  root.push({ text: source.slice(from) })
  return root
}

function compile(expression: string): CompiledExpression {
  return compileExpression(expression, { functions: letterFunctions })
}

function write(
  parts: readonly Part[], evaluate: (expression: CompiledExpression) => string | boolean, fields: CompiledExpression[],
): string {
  return parts
    .map((part) => {
      if ('text' in part) return part.text
      if ('field' in part) return String.fromCharCode(firstFieldMark + fields.push(part.field) - 1)
      return evaluate(part.condition) === true ? write(part.parts, evaluate, fields) : ''
    })
    .join('')
}

type WordsOf = (mark: number) => string

function toBlocks(tokens: readonly Token[], wordsOf: WordsOf): Block[] {
  return tokens.flatMap((token) => toBlock(token, wordsOf))
}

function toBlock(token: Token, wordsOf: WordsOf): Block[] {
  switch (token.type) {
    case 'heading':
      return [{ kind: 'heading', level: token.depth === 1 ? 1 : 2, spans: spansOf((token as Tokens.Heading).tokens, wordsOf) }]
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', spans: spansOf((token as Tokens.Paragraph).tokens ?? [token], wordsOf) }]
    case 'list': {
      const list = token as Tokens.List
      return [{ kind: 'list', ordered: list.ordered, items: list.items.map((item) => spansOf(item.tokens, wordsOf)) }]
    }
    case 'table': {
      const table = token as Tokens.Table
      const cells = (row: readonly Tokens.TableCell[]): Span[][] => row.map((cell) => spansOf(cell.tokens, wordsOf))
      return [{ kind: 'table', header: cells(table.header), rows: table.rows.map(cells) }]
    }
    case 'hr':
      return [{ kind: 'rule' }]
    case 'space':
      return []
    default:
      throw new Error(`Expected headings, paragraphs, lists, tables and rules in a letter, but found ${token.type}`)
  }
}

function spansOf(tokens: readonly Token[], wordsOf: WordsOf, bold = false): Span[] {
  return tokens.flatMap((token): Span[] => {
    if (token.type === 'strong') return spansOf((token as Tokens.Strong).tokens, wordsOf, true)
    if (token.type === 'br') return [{ text: '\n', bold }]
    if ('tokens' in token && token.tokens) return spansOf(token.tokens, wordsOf, bold)
    const written = 'text' in token ? String(token.text) : token.raw
    // A line break inside a paragraph of the source is a blank, as everywhere in Markdown.
    return [{ text: fillMarks(written.replace(/\n/g, ' '), wordsOf), bold }]
  })
}

function fillMarks(text: string, wordsOf: WordsOf): string {
  return text.replace(/[\ue000-\uf8ff]/g, (mark) => wordsOf(mark.charCodeAt(0) - firstFieldMark))
}
