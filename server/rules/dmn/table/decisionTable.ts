import type { FeelValue } from '../../feel/index.ts'
import { listOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { LogicReader } from '../logic/index.ts'
import type { EvaluatedInput, Logic, MatchedRule, Site } from '../model.ts'
import { answered } from '../reading.ts'
import type { Reading, Surroundings } from '../reading.ts'
import { Column } from './cells.ts'
import { readHitPolicy } from './hitPolicies.ts'
import { readInput } from './inputs.ts'
import { readOutputs, rowByDefault } from './outputs.ts'
import type { Output, Row } from './outputs.ts'

/** A decision table: the rules whose cells all hold give their outputs, and the hit policy makes one result of them. */
export const readDecisionTable: LogicReader = (element, around, reading) => {
  const { dialect } = reading
  const inputs = listOf(element, 'input').map((each) => readInput(each, around, reading))
  const outputs = readOutputs(element, around, reading)
  const policy = readHitPolicy(element, outputs, reading)
  const columns = inputs.map(() => new Column(dialect))
  const rules = listOf(element, 'rule').map((rule, index) => readRule(rule, index + 1, { columns, outputs, around, reading }))
  const onlyFirst = textOf(element, 'hitPolicy') === 'FIRST'

  const matching = (values: readonly FeelValue[], { scope }: Site): readonly Rule[] => {
    const testers = columns.map((column, index) => column.tester(values[index] ?? null, scope))
    const holds = ({ cells }: Rule) => cells.every((cell, column) => cell === undefined || testers[column]?.(cell))
    if (!onlyFirst) return rules.filter(holds)
    const first = rules.find(holds)
    return first ? [first] : []
  }

  return (site) => {
    answered(dialect, () => site.scope.budget?.spend(Math.ceil(rules.length / RULES_PER_STEP)))
    const evaluatedInputs: EvaluatedInput[] = []
    const matchedRules: MatchedRule[] = []
    site.heard?.({ evaluatedInputs, matchedRules })
    for (const { id, label, value } of inputs) evaluatedInputs.push({ inputId: id, inputName: label, inputValue: value(site) })
    const values = evaluatedInputs.map((each) => each.inputValue)
    if (!inputs.every(({ allows }, index) => allows(values[index] ?? null))) return null
    const matched = matching(values, site)
    const rows = matched.map((rule) => rule.outputs.map((output) => output(site)))
    matchedRules.push(...matched.map((rule, index) => shownRule(rule, outputs, rows[index] ?? [])))
    const [first, ...others] = rows
    if (first) return answered(dialect, () => policy.result([first, ...others], site))
    return outputs.some((each) => each.byDefault) ? rowByDefault(outputs, site, dialect) : policy.empty
  }
}

const RULES_PER_STEP = 10

interface Rule {
  readonly id: string
  /** From 1. */
  readonly index: number
  /** The place of each cell in its column; undefined where any value will do. */
  readonly cells: readonly (number | undefined)[]
  readonly outputs: readonly Logic[]
}

interface Table {
  readonly columns: readonly Column[]
  readonly outputs: readonly Output[]
  readonly around: Surroundings
  readonly reading: Reading
}

function readRule(rule: Moddle, index: number, { columns, outputs, around, reading }: Table): Rule {
  const tests = listOf(rule, 'inputEntry')
  const results = listOf(rule, 'outputEntry')
  return {
    id: rule.id ?? `rule-${index}`,
    index,
    cells: columns.map((column, at) => column.add(textOf(tests[at], 'text'), (text) => reading.tests(tests[at] ?? rule, text, around))),
    outputs: outputs.map(({ fits }, at) => {
      const logic = reading.expression(results[at] ?? rule, textOf(results[at], 'text'), around)
      return reading.dialect.typesAsked ? (site) => fits(logic(site)) : logic
    }),
  }
}

function shownRule({ id, index }: Rule, outputs: readonly Output[], row: Row): MatchedRule {
  return {
    ruleId: id,
    ruleIndex: index,
    evaluatedOutputs: outputs.map((output, at) => ({ outputId: output.id, outputName: output.label, outputValue: row[at] ?? null })),
  }
}
