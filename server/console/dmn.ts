/**
 * `npm run -s dmn -- FILE.dmn DECISION [--dialect dmn]`: makes a decision, named by its id or its name, of one context a line,
 * `{"copies": 2}`, and answers `{"output": …, "matchedRules": […], …}` or `{"error": "…"}`.
 */
import { readCommandLine } from './commandLine.ts'
import { decider } from './decide.ts'
import { answerLines } from './jsonLines.ts'

const { words: [file, decision, ...others] = [], dialect = 'camunda' } = readCommandLine() ?? {}

if (file && decision && others.length === 0) {
  const answer = await decider(file, decision, dialect).catch((error: Error) => () => { throw error })
  await answerLines(process.stdin, process.stdout, answer, dialect)
} else {
  console.error('Expected npm run -s dmn -- FILE.dmn DECISION [--dialect camunda|dmn]')
  process.exitCode = 2
}
