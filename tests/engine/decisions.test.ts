import { expect, test } from 'vitest'
import { decisions, diagram, trial } from './support.ts'

test('a decision model is deployed with a version of its own and of each decision in it', async () => {
  const { engine } = await trial()
  const resource = await decisions('extract-fee')

  const { drgs } = await engine.deploy([resource])

  expect(drgs).toMatchObject([{
    drg: { drgId: 'fees', name: 'Fees of extracts', version: 1, resourceName: 'extract-fee.dmn' },
    decisions: [
      { decisionId: 'extract-fee', name: 'Fee of an extract', version: 1 },
      { decisionId: 'price', name: 'Price of one copy', version: 1 },
    ],
  }])
})

test('the same model under the same name is no new version; another content or name is', async () => {
  const { engine } = await trial()
  const resource = await decisions('extract-fee')

  const [first] = (await engine.deploy([resource])).drgs
  const [same] = (await engine.deploy([resource])).drgs
  const [changed] = (await engine.deploy([{ ...resource, content: `${resource.content}\n` }])).drgs
  const [renamed] = (await engine.deploy([{ name: 'other.dmn', content: `${resource.content}\n` }])).drgs

  expect(same).toEqual(first)
  expect([changed, renamed].map((each) => [each?.drg.version, each?.decisions.map((one) => one.version)])).toEqual([[2, [2, 2]], [3, [3, 3]]])
})

test('a decision goes on counting its versions when it moves to another model', async () => {
  const { engine } = await trial()
  const resource = await decisions('extract-fee')
  await engine.deploy([resource])

  const [moved] = (await engine.deploy([{ name: 'moved.dmn', content: resource.content.replace('id="fees"', 'id="more-fees"') }])).drgs

  expect(moved?.drg).toMatchObject({ drgId: 'more-fees', version: 1 })
  expect(moved?.decisions.map((each) => each.version)).toEqual([2, 2])
})

test('a model that cannot be decided is refused whole, with the element named', async () => {
  const { engine } = await trial()
  const { name, content } = await decisions('extract-fee')

  const refusal = await engine.deploy([await diagram('script-task'), { name, content: content.replace('price * copies', 'price *') }]).catch(String)

  expect(refusal).toContain(`'extract-fee.dmn': - Element: fee-expression > LiteralExpression: FEEL expression: failed to parse expression 'price *'`)
  await expect(engine.createInstance({ bpmnProcessId: 'script-task' })).rejects.toMatchObject({ kind: 'not-found' })
})

test('two models of one deployment may not have a decision in common', async () => {
  const { engine } = await trial()
  const resource = await decisions('extract-fee')
  const other = { name: 'other.dmn', content: resource.content.replace('id="fees"', 'id="more-fees"') }

  await expect(engine.deploy([resource, other])).rejects.toThrow("Duplicated id in resources: 'extract-fee'")
})

test('a decision is evaluated by its id or by its key, and tells how it was made', async () => {
  const { engine } = await trial()
  const { drgs } = await engine.deploy([await decisions('extract-fee')])
  const variables = '{"medium":"paper","copies":3}'

  const byId = await engine.evaluateDecision({ decisionId: 'extract-fee', variables })
  const byKey = await engine.evaluateDecision({ decisionKey: drgs[0]!.decisions[1]!.key, variables })

  expect(String(byId.output)).toBe('960.3')
  expect(byId.evaluated.map((each) => each.decision.id)).toEqual(['price', 'extract-fee'])
  expect(byId.evaluated[0]?.matchedRules).toMatchObject([{ ruleId: 'paper', ruleIndex: 2 }])
  expect(byKey).toMatchObject({ deployed: { decisionId: 'price', version: 1 } })
  expect(byKey.decisionInstanceKey).not.toBe(byId.decisionInstanceKey)
})

test('a decision that fails answers with who failed and why', async () => {
  const { engine } = await trial()
  await engine.deploy([await decisions('extract-fee')])

  const { output, failure } = await engine.evaluateDecision({ decisionId: 'extract-fee', variables: '{"medium":"paper","copies":10}' })

  expect(output).toBeNull()
  expect(failure).toEqual({
    decisionId: 'price',
    message: "Expected to evaluate decision 'extract-fee', but multiple values aren't allowed for UNIQUE hit policy. found: '[{price:320.10}, {price:300}]'",
  })
})

test.each([
  [{ decisionId: 'nobody-knows' }, "Expected to evaluate decision 'nobody-knows', but no decision found for id 'nobody-knows'"],
  [{ decisionKey: '123' }, "Expected to evaluate decision '123', but no decision found for key '123'"],
  [{}, 'Expected either a decision id or a valid decision key, but none provided'],
])('a decision that is not there is refused: %j', async (asked, reason) => {
  const { engine } = await trial()

  await expect(engine.evaluateDecision({ ...asked, variables: '{}' })).rejects.toMatchObject({
    kind: 'invalid', message: `Command 'EVALUATE' rejected with code 'INVALID_ARGUMENT': ${reason}`,
  })
})

test('a graph that is deleted decides no more: the former version does, and its number is not given again', async () => {
  const { engine } = await trial()
  const resource = await decisions('extract-fee')
  const dearer = { ...resource, content: resource.content.replace('320.10', '350') }
  await engine.deploy([resource])
  const [second] = (await engine.deploy([dearer])).drgs

  await engine.deleteResource({ resourceKey: second!.drg.key })
  const former = await engine.evaluateDecision({ decisionId: 'extract-fee', variables: '{"medium":"paper","copies":1}' })
  const [third] = (await engine.deploy([dearer])).drgs

  expect([String(former.output), former.deployed.version]).toEqual(['320.1', 1])
  expect([third?.drg.version, third?.decisions.map((each) => each.version)]).toEqual([3, [3, 3]])
})

test('when the last version is deleted the decision is not there any more', async () => {
  const { engine } = await trial()
  const [only] = (await engine.deploy([await decisions('extract-fee')])).drgs

  await engine.deleteResource({ resourceKey: only!.drg.key })

  await expect(engine.evaluateDecision({ decisionId: 'extract-fee', variables: '{}' })).rejects.toThrow('but no decision found for id')
  await expect(engine.evaluateDecision({ decisionKey: only!.decisions[0]!.key, variables: '{}' })).rejects.toThrow('but no decision found for key')
  await expect(engine.deleteResource({ resourceKey: only!.drg.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('variables that are no object are refused', async () => {
  const { engine } = await trial()
  await engine.deploy([await decisions('extract-fee')])

  await expect(engine.evaluateDecision({ decisionId: 'extract-fee', variables: '[1]' })).rejects.toMatchObject({ kind: 'invalid' })
})
