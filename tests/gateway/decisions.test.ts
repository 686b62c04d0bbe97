import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ZBClient } from 'zeebe-node'
import { client, openTarget, uniqueDiagram, type Target } from './target.ts'
import { call, connect, start, take, type Wire } from './wire.ts'

let target: Target
let zeebe: ZBClient
let wire: Wire
const suffix = `${process.pid}-${performance.now().toString(36).replace('.', '')}`

beforeAll(async () => {
  target = await openTarget()
  zeebe = client(target)
  wire = connect(target.address)
})

afterAll(async () => {
  wire?.close()
  await zeebe?.close()
  await target?.close()
})

/** Decisions under ids of this run, because a real cluster remembers former runs. */
async function deploy() {
  const source = await readFile(new URL('../diagrams/extract-fee.dmn', import.meta.url), 'utf8')
  const decision = Buffer.from(source.replaceAll('id="fees"', `id="fees-${suffix}"`).replaceAll(/(id="|#)(extract-fee|price)"/g, `$1$2-${suffix}"`)
    .replace('price * copies', `\`price-${suffix}\` * copies`))
  return (await zeebe.deployResource({ name: 'extract-fee.dmn', decision })).deployments
}

describe('decisions over the wire', () => {
  test('a deployment lists the decisions first, then their graph', async () => {
    const deployments = await deploy() as unknown as Record<string, object>[]

    expect(deployments.map((each) => each.decision ?? each.decisionRequirements)).toMatchObject([
      { dmnDecisionId: `extract-fee-${suffix}`, dmnDecisionName: 'Fee of an extract', dmnDecisionRequirementsId: `fees-${suffix}`, version: 1 },
      { dmnDecisionId: `price-${suffix}`, dmnDecisionName: 'Price of one copy', dmnDecisionRequirementsId: `fees-${suffix}`, version: 1 },
      { dmnDecisionRequirementsId: `fees-${suffix}`, dmnDecisionRequirementsName: 'Fees of extracts', resourceName: 'extract-fee.dmn', version: 1 },
    ])
  })

  test('a decision is evaluated with every input, rule and output as JSON text', async () => {
    await deploy()

    const reply = await zeebe.evaluateDecision({ decisionId: `extract-fee-${suffix}`, variables: { medium: 'paper', copies: 3 } })

    expect(reply).toMatchObject({
      decisionId: `extract-fee-${suffix}`, decisionName: 'Fee of an extract', decisionVersion: 1, decisionRequirementsId: `fees-${suffix}`,
      failedDecisionId: '', failureMessage: '',
    })
    expect(Number(reply.decisionOutput)).toBe(960.3)
    expect(reply.evaluatedDecisions).toMatchObject([
      {
        decisionId: `price-${suffix}`, decisionType: 'DECISION_TABLE', decisionVersion: 1,
        evaluatedInputs: [
          { inputId: 'medium', inputName: 'Medium', inputValue: '"paper"' },
          { inputId: 'copies', inputName: 'Copies', inputValue: '3' },
        ],
        matchedRules: [{ ruleId: 'paper', ruleIndex: 2, evaluatedOutputs: [{ outputId: 'price-output', outputName: 'Price' }] }],
      },
      { decisionId: `extract-fee-${suffix}`, decisionType: 'LITERAL_EXPRESSION', matchedRules: [], evaluatedInputs: [] },
    ])
  })

  test('a table without a hit gives null and no rules', async () => {
    await deploy()

    const reply = await zeebe.evaluateDecision({ decisionId: `price-${suffix}`, variables: { medium: 'stone', copies: 3 } })

    expect(reply).toMatchObject({ decisionOutput: 'null', evaluatedDecisions: [{ decisionOutput: 'null', matchedRules: [] }] })
  })

  test('a decision that fails is answered, with who failed and why', async () => {
    await deploy()

    const reply = await zeebe.evaluateDecision({ decisionId: `extract-fee-${suffix}`, variables: { medium: 'paper', copies: 10 } })

    expect(reply.failedDecisionId).toBe(`price-${suffix}`)
    expect(reply.failureMessage).toContain(`Expected to evaluate decision 'extract-fee-${suffix}', but `)
  })

  test('an unknown decision is INVALID_ARGUMENT in the words clients look for', async () => {
    await expect(zeebe.evaluateDecision({ decisionId: 'nobody-knows', variables: {} })).rejects.toMatchObject({
      code: 3, details: expect.stringContaining('but no decision found for'),
    })
  })

  test('a business rule task keeps the result of the decision it calls', async () => {
    await deploy()
    const { processId, suffix: own, name, definition } = await uniqueDiagram('business-rule-task')
    const content = Buffer.from(definition.toString().replace('decisionId="extract-fee"', `decisionId="extract-fee-${suffix}"`))
    await call(wire, 'DeployResource', { resources: [{ name, content }] })
    await start(wire, processId, { medium: 'paper', copies: 3 })

    const [after] = await take(wire, `after-${own}`)

    expect(JSON.parse(after!.variables)).toMatchObject({ fee: 960.3 })
  })

  test('each evaluation has a key of its own', async () => {
    await deploy()
    const request = { decisionId: `price-${suffix}`, variables: '{"medium":"file"}' }

    // zeebe-node's protocol is older than this field.
    const [first, second] = await Promise.all([call(wire, 'EvaluateDecision', request), call(wire, 'EvaluateDecision', request)])

    expect(first.decisionInstanceKey).toMatch(/^\d{16,}$/)
    expect(first.decisionInstanceKey).not.toBe(second.decisionInstanceKey)
  })
})
