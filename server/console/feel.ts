/**
 * `npm run -s feel [-- --dialect dmn]`: answers FEEL, one JSON object a line, `{"expression": "…", "context": {…}}`, with
 * `{"value": …}` or `{"error": "…", "position": 7}`. With `"unaryTests": true` the expression is the tests of a decision table's cell
 * for the value of `"input"`, visible in it as `?` and `cellInput`.
 */
import { compileExpression, compileUnaryTests, isContext, isString, keysIn, parseJson } from '../rules/feel/index.ts'
import type { DialectName, FeelContext } from '../rules/feel/index.ts'
import { readCommandLine } from './commandLine.ts'
import { answerLines } from './jsonLines.ts'

const typed = readCommandLine()

if (typed && typed.words.length === 0) {
  const { dialect } = typed
  await answerLines(process.stdin, process.stdout, (line) => ({ value: answer(line, dialect) }), dialect)
} else {
  console.error('Expected npm run -s feel [-- --dialect camunda|dmn]')
  process.exitCode = 2
}

function answer(line: string, dialect: DialectName): unknown {
  const asked = parseJson(line)
  const expression = isContext(asked) ? asked.get('expression') : undefined
  if (!isContext(asked) || !isString(expression ?? null)) throw new Error('Expected an object with an "expression", but the line has none')
  const given = asked.get('context') ?? null
  const context: FeelContext = isContext(given) ? given : new Map()
  const options = { dialect, names: keysIn(context) }
  if (asked.get('unaryTests') !== true) return compileExpression(String(expression), options).evaluate(context)
  // Where the line has no "input" beside the context, one in the context is meant.
  const input = asked.get('input') ?? context.get('input') ?? null
  return compileUnaryTests(String(expression), options).evaluate(input, context)
}
