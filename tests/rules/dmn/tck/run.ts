/**
 * `TCK=/path/to/tck npx tsx tests/rules/dmn/tck/run.ts [PART OF A FOLDER'S NAME …]`: asks our command line's decisions, dialect `dmn`,
 * every test case below the folder, and prints what failed, how many passed in each folder and, as the last line, JSON for programs.
 */
import { toJson } from '../../../../server/rules/feel/index.ts'
import { jsonOf, objectOf } from './answers.ts'
import { askCases } from './askCases.ts'
import type { Asked } from './askCases.ts'

const folder = process.env.TCK
if (folder) await printAll(folder, process.argv.slice(2))
else {
  console.error('Expected TCK to name the folder of a checkout of the TCK')
  process.exitCode = 2
}

async function printAll(folder: string, parts: readonly string[]): Promise<void> {
  const folders = new Map<string, Sum>()
  const levels = new Map<string, Sum>()
  for await (const asked of askCases(folder, parts)) {
    const level = /compliance-level-\d|non-compliant/.exec(asked.where)?.[0] ?? 'elsewhere'
    count(folders, asked.where, asked.passed)
    count(levels, level, asked.passed)
    count(levels, 'all', asked.passed)
    if (!asked.passed) console.log(failure(asked))
  }
  for (const [where, { passed, all }] of folders) console.log(`${where.padEnd(80)} ${passed} of ${all}`)
  console.log(JSON.stringify(Object.fromEntries(levels)))
}

interface Sum {
  passed: number
  all: number
}

function count(sums: Map<string, Sum>, name: string, passed: boolean): void {
  const sum = sums.get(name) ?? { passed: 0, all: 0 }
  sums.set(name, { passed: sum.passed + Number(passed), all: sum.all + 1 })
}

function failure({ where, testCase, answer }: Asked): string {
  const { id, asked, inputs, expected, fails } = testCase
  const wanted = `${fails ? 'a failure or ' : ''}${expected ? jsonOf(expected) : 'nothing'}`
  const got = 'value' in answer ? toJson(answer.value) : answer.error
  return `${where} ${id} ${asked} ${objectOf(inputs)}\n  wanted ${wanted}\n  got    ${got}`
}
