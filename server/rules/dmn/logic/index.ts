import { textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { DecisionType, Logic } from '../model.ts'
import type { Reading, Surroundings } from '../reading.ts'
import { readDecisionTable } from '../table/decisionTable.ts'
import { fit } from '../types/dataType.ts'
import { readConditional } from './conditional.ts'
import { readContext } from './context.ts'
import { readFunctionDefinition } from './functionDefinition.ts'
import { readInvocation } from './invocation.ts'
import { readFilter, readFor, readQuantified } from './iterators.ts'
import { readList } from './list.ts'
import { readLiteralExpression } from './literalExpression.ts'
import { readRelation } from './relation.ts'

export { readBody } from './functionDefinition.ts'

export type LogicReader = (element: Moddle, around: Surroundings, reading: Reading) => Logic

interface LogicKind {
  readonly type: DecisionType
  readonly read: LogicReader
}

/** Every kind of logic a decision can have. The protocol knows no name for those that came after DMN 1.3. */
const kinds: Readonly<Record<string, LogicKind>> = {
  'dmn:DecisionTable': { type: 'DECISION_TABLE', read: readDecisionTable },
  'dmn:LiteralExpression': { type: 'LITERAL_EXPRESSION', read: readLiteralExpression },
  'dmn:Context': { type: 'CONTEXT', read: readContext },
  'dmn:Invocation': { type: 'INVOCATION', read: readInvocation },
  'dmn:List': { type: 'LIST', read: readList },
  'dmn:Relation': { type: 'RELATION', read: readRelation },
  'dmn:FunctionDefinition': { type: 'UNKNOWN', read: readFunctionDefinition },
  'dmn:Conditional': { type: 'UNKNOWN', read: readConditional },
  'dmn:Filter': { type: 'UNKNOWN', read: readFilter },
  'dmn:For': { type: 'UNKNOWN', read: readFor },
  'dmn:Every': { type: 'UNKNOWN', read: readQuantified('every') },
  'dmn:Some': { type: 'UNKNOWN', read: readQuantified('some') },
}

/** Compiles a piece of logic. Its own declared type is asked for where the dialect does so. */
export function readLogic(element: Moddle | undefined, around: Surroundings, reading: Reading, owner: Moddle): Logic {
  const kind = element && kinds[element.$type]
  if (!element || !kind) {
    reading.refuse(owner, `Expected decision logic, but found ${element ? element.$type.replace('dmn:', '') : 'none'}`)
    return () => null
  }
  const logic = kind.read(element, around, reading)
  const type = reading.dialect.typesAsked ? reading.typeNamed(textOf(element, 'typeRef')) : undefined
  return type ? (site) => fit(logic(site), type) : logic
}

/** How the protocol calls the kind of a decision's logic. */
export function typeOfLogic(element: Moddle | undefined): DecisionType {
  return (element && kinds[element.$type]?.type) ?? 'UNKNOWN'
}
