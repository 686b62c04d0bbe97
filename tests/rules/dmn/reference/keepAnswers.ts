/** Keeps the answers of AskDmnScala, a line each, beside what was asked by `questions.ts`. */
import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { municipalModels } from '../municipalModels.ts'

interface Answered {
  readonly output?: unknown
  readonly failure?: string
  readonly evaluated?: readonly { readonly id: string; readonly rules?: readonly { readonly id: string }[] }[]
}

const answers = (await text(process.stdin)).trim().split('\n').map((line) => JSON.parse(line) as Answered)
const rows = municipalModels
  .flatMap(({ id, contexts }) => contexts.map((context) => ({ model: id, context })))
  .map((asked, index) => JSON.stringify({ ...asked, ...kept(answers[index] ?? {}) }))
const origin = 'org.camunda.bpm.extension.dmn.scala:dmn-engine 1.9.0 (Apache-2.0), asked once on 2026-11-24 by reference/; '
  + 'a number is {n}, a context {c}, a temporal value {t}'
writeFileSync(new URL('../dmnScalaAnswers.json', import.meta.url), `{\n"origin": "${origin}",\n"answers": [\n${rows.join(',\n')}\n]\n}\n`)

function kept({ output, failure, evaluated = [] }: Answered): Answered {
  if (failure !== undefined) return { failure }
  return { output, evaluated: evaluated.map(({ id, rules }) => (rules ? { id, rules: rules.map((rule) => ({ id: rule.id })) } : { id })) }
}
