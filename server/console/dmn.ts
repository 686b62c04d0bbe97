/**
 * `npm run -s dmn -- FILE.dmn DECISION [--dialect dmn]`: makes a decision, named by its id or its name, of one context a line,
 * `{"copies": 2}`, and answers `{"output": …, "matchedRules": […], …}` or `{"error": "…"}`.
 */
import { parseArgs } from 'node:util'
import { decider } from './decide.ts'
import { isDialect } from './dialect.ts'
import { answerLines } from './jsonLines.ts'

const { positionals, values: { dialect } } = parseArgs({
  allowPositionals: true,
  options: { dialect: { type: 'string', default: 'camunda' } },
})
const [file, decision] = positionals

if (file && decision && isDialect(dialect)) {
  const answer = await decider(file, decision, dialect).catch((error: Error) => () => { throw error })
  await answerLines(process.stdin, process.stdout, answer, dialect)
} else {
  console.error('Expected npm run -s dmn -- FILE.dmn DECISION [--dialect camunda|dmn]')
  process.exitCode = 2
}
