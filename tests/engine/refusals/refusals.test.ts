import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readResources } from '../../../server/engine/commands/deployResources.ts'
import { beyondSituations } from './situations/beyond.ts'
import { situations } from './situations/index.ts'
import kept from './verdicts.json' with { type: 'json' }

const verdicts: Readonly<Record<string, { readonly xml: string; readonly faults: readonly string[] }>> = kept.verdicts

/** Accepted by the validators of 8.5 and refused here, each for a reason of its own. */
const differences = new Map([
  ['a native user task', 'it makes no job, and no call of the gateway completes it: a case would wait for ever'],
  ['a listener at the start and one at the end', 'listeners came with 8.6: passing them over would leave out work that was drawn'],
  ['a call bound to the deployment', 'bindings came with 8.6: 8.5 passes them over and calls the latest version, which is not what was drawn'],
])

/** Why it is not deployed; undefined for what is. */
async function refusalOf(xml: string): Promise<string | undefined> {
  try {
    await readResources([{ name: 'situation.bpmn', content: xml }])
    return undefined
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid' })
    return (error as Error).message
  }
}

/** Ids of the elements the validators find at fault; XML they cannot read has none. */
function elementsAtFault(faults: readonly string[]): string[] {
  return faults.filter((fault) => !fault.startsWith('unreadable')).map((fault) => fault.slice(0, fault.indexOf(' > ')))
}

function elementsNamed(refusal: string): string[] {
  return [...refusal.matchAll(/- Element: ([^\n]+)\n/g)].map(([, place]) => place!)
}

test('every diagram has the verdict that was given on exactly this diagram, and its own name', () => {
  const all = [...situations, ...beyondSituations]

  const judged = all.map(({ name, xml }) => [name, createHash('sha256').update(xml).digest('hex').slice(0, 12)])

  expect(judged).toEqual(Object.entries(verdicts).map(([name, { xml }]) => [name, xml]))
})

describe('what the validators of Zeebe 8.5 accept is deployed', () => {
  const accepted = situations.filter(({ name }) => verdicts[name]!.faults.length === 0 && !differences.has(name))

  test.each(accepted)('$name', async ({ xml }) => {
    expect(await refusalOf(xml)).toBeUndefined()
  })
})

describe('what the validators of Zeebe 8.5 refuse is refused, with an element named that they find at fault', () => {
  const refused = situations.filter(({ name }) => verdicts[name]!.faults.length > 0)

  test.each(refused)('$name', async ({ name, xml }) => {
    const refusal = await refusalOf(xml)

    expect(refusal).toContain(`encountered the following errors:\n'situation.bpmn': - `)
    const atFault = elementsAtFault(verdicts[name]!.faults)
    const named = elementsNamed(refusal!).map((place) => place.split(' > ')[0])
    if (atFault.length > 0) expect(atFault.filter((id) => named.includes(id))).not.toEqual([])
  })
})

test('three diagrams at most are refused here that the validators accept', () => {
  expect(differences.size).toBeLessThanOrEqual(3)
})

test.each([...differences])('%s is refused here: %s', async (name) => {
  const { xml } = situations.find((each) => each.name === name)!

  expect(verdicts[name]!.faults).toEqual([])
  expect(elementsNamed((await refusalOf(xml)) ?? '')[0]).toMatch(/^it( > |$)/)
})

describe('what Zeebe finds only when it compiles a diagram, and what it would pass over, is refused with the element named', () => {
  test.each(beyondSituations)('$name', async ({ name, xml, element }) => {
    const refusal = await refusalOf(xml)

    expect(verdicts[name]!.faults).toEqual([])
    expect(elementsNamed(refusal ?? '')).toContain(element)
  })
})
