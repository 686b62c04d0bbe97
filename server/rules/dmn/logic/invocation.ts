import type { FeelContext } from '../../feel/index.ts'
import { childOf, listOf, textOf } from '../../moddle.ts'
import { withValues } from '../model.ts'
import { withNames } from '../reading.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A call with its arguments by name: of knowledge that the decision requires or, by the standard, of any function. */
export const readInvocation: LogicReader = (element, around, reading) => {
  const called = childOf(element, 'calledFunction') ?? element
  const name = textOf(called, 'text')?.trim() ?? ''
  const bindings = listOf(element, 'binding').map((each) => ({
    name: childOf(each, 'parameter')?.name ?? '',
    logic: readLogic(childOf(each, 'bindingFormula'), around, reading, element),
  }))
  const callable = around.functions.find((each) => each.name === name)
  if (reading.dialect.requiredVisible) {
    const values = bindings.map((_, index) => `argument${index}`)
    const call = `${name}(${bindings.map((each, index) => `${each.name}: argument${index}`).join(', ')})`
    const calling = reading.expression(called, call, withNames(around, [...values, ...bindings.map((each) => each.name)]))
    return (site) => calling(withValues(site, new Map(bindings.map((each, index) => [`argument${index}`, each.logic(site)]))))
  }
  if (!callable) reading.refuse(element, `no BKM found with name '${name}'`)
  return (site) => {
    const given: FeelContext = new Map(bindings.map((each) => [each.name, each.logic(site)]))
    return callable?.invoke(given, site) ?? null
  }
}
