import { parseArgs } from 'node:util'
import { dialects, type DialectName } from '../rules/feel/index.ts'

/** What a person typed after a command: words and `--dialect`, which is Zeebe's where none is named. Undefined for anything else. */
export function readCommandLine(args = process.argv.slice(2)): { words: readonly string[]; dialect: DialectName } | undefined {
  const { positionals, tokens } = parseArgs({
    args, allowPositionals: true, strict: false, tokens: true, options: { dialect: { type: 'string', default: 'camunda' } },
  })
  const options = tokens.flatMap((each) => (each.kind === 'option' ? [each] : []))
  const dialect = options.at(-1)?.value ?? 'camunda'
  const isKnown = options.every(({ name, value }) => name === 'dialect' && value !== undefined) && isDialect(dialect)
  return isKnown ? { words: positionals, dialect } : undefined
}

function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}
