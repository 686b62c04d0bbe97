import {
  FeelEvaluationError, FeelSyntaxError, isBoolean, isContext, isList, isNumber, isString, parseJson, type CompiledExpression,
  type FeelScope, type FeelValue,
} from '../../rules/feel/index.ts'
import type { Source } from '../model/executable.ts'
import { Failure } from './failure.ts'
import { MOST_NAME_CHARACTERS } from './nameLimit.ts'

/** What has variables of its own and stands in something that has: an element, or one that is still to begin. */
export interface VariableScope {
  /** JSON text by name. */
  readonly variables: ReadonlyMap<string, string>
  readonly scope: VariableScope | null
}

/** The variables an element sees: its own first, then those of the scopes around it. */
export function scopeOf(element: VariableScope, nowMs: number): FeelScope {
  return {
    now: () => nowMs,
    get(name) {
      for (let at: VariableScope | null = element; at; at = at.scope) {
        const json = at.variables.get(name)
        if (json !== undefined) return parseJson(json)
      }
      return undefined
    },
  }
}

/** Variables that belong to no element. */
export function scopeOfVariables(variables: ReadonlyMap<string, string>, nowMs: number): FeelScope {
  return {
    now: () => nowMs,
    get(name) {
      const json = variables.get(name)
      return json === undefined ? undefined : parseJson(json)
    },
  }
}

export function evaluate(expression: CompiledExpression, scope: FeelScope): FeelValue | Failure {
  try {
    return expression.evaluate(scope)
  } catch (error) {
    // a syntax error here is a variable whose JSON is nested too deep to be read
    if (!(error instanceof FeelEvaluationError || error instanceof FeelSyntaxError)) throw error
    return new Failure('EXTRACT_VALUE_ERROR', `Failed to evaluate expression '${expression.source}': ${error.message}`)
  }
}

/** Plain text as it stands, or the value of its expression. */
export function valueOf(source: Source, scope: FeelScope): FeelValue | Failure {
  return source.feel ? evaluate(source.feel, scope) : source.text
}

/** A text, which must not be empty. */
export function textOf(source: Source, scope: FeelScope): string | Failure {
  const value = valueOf(source, scope)
  if (value instanceof Failure) return value
  return isString(value) && value !== '' ? findable(value, source.text) : unexpected(source, 'STRING', value, scope)
}

/** A moment or duration as its ISO text, whether the expression gave text or a temporal value. */
export function temporalTextOf(source: Source, scope: FeelScope): string | Failure {
  const value = valueOf(source, scope)
  if (value instanceof Failure) return value
  if (isString(value)) return value
  const isPlain = value === null || isBoolean(value) || isNumber(value) || isList(value) || isContext(value) || typeof value === 'function'
  return isPlain ? unexpected(source, 'one of [DURATION, PERIOD, DATE_TIME, STRING]', value, scope) : String(value)
}

export function integerOf(source: Source, scope: FeelScope): number | Failure {
  const value = valueOf(source, scope)
  if (value instanceof Failure) return value
  const number = isNumber(value) ? Number(value.toString()) : source.feel ? NaN : Number(source.text)
  return Number.isInteger(number) ? number : unexpected(source, 'NUMBER', value, scope)
}

/** A list of texts: from an expression a list, from plain text its parts between commas. */
export function textsOf(source: Source, scope: FeelScope): string[] | Failure {
  if (!source.feel) return source.text.split(',').map((each) => each.trim()).filter((each) => each !== '')
  const value = evaluate(source.feel, scope)
  if (value instanceof Failure) return value
  return isList(value) && value.every(isString) ? (value as string[]) : unexpected(source, 'ARRAY of STRING', value, scope)
}

/** A list; everything else, null too, is a failure. */
export function listOf(expression: CompiledExpression, scope: FeelScope): readonly FeelValue[] | Failure {
  const value = evaluate(expression, scope)
  return value instanceof Failure || isList(value) ? value : unexpected(sourceOf(expression), 'ARRAY', value, scope)
}

/** True or false; everything else, null too, is a failure a person has to see. */
export function conditionOf(condition: CompiledExpression, scope: FeelScope): boolean | Failure {
  const value = evaluate(condition, scope)
  if (value instanceof Failure) return value
  return isBoolean(value) ? value : unexpected(sourceOf(condition), 'BOOLEAN', value, scope)
}

/** A message's correlation key: a text, or a number as its decimal text. */
export function correlationKeyOf(expression: CompiledExpression, scope: FeelScope): string | Failure {
  const value = evaluate(expression, scope)
  if (value instanceof Failure) return value
  if (isString(value)) return findable(value, expression.source)
  if (isNumber(value)) return findable(value.toFixed(), expression.source)
  const expected = `The value must be either a string or a number, but was ${kindOf(value)}.`
  return new Failure('EXTRACT_VALUE_ERROR', `Failed to extract the correlation key for '${expression.source}': ${expected}`)
}

// Names and keys are looked up in the store, whose commits are parted by control characters.
function findable(text: string, expression: string): string | Failure {
  const expected = `Expected result of the expression '${expression}' to have`
  if (/[\u0000-\u001f]/.test(text)) return new Failure('EXTRACT_VALUE_ERROR', `${expected} no control characters.`)
  if (text.length <= MOST_NAME_CHARACTERS) return text
  return new Failure('EXTRACT_VALUE_ERROR', `${expected} at most ${MOST_NAME_CHARACTERS} characters, but it has ${text.length}.`)
}

function sourceOf(expression: CompiledExpression): Source {
  return { text: `=${expression.source}`, feel: expression }
}

function unexpected({ text, feel }: Source, expected: string, value: FeelValue, scope: FeelScope): Failure {
  const told = `Expected result of the expression '${text.replace(/^=\s*/, '')}' to be '${expected}', but was '${kindOf(value)}'.`
  const missing = (feel?.names ?? []).filter((name) => scope.get(name) === undefined)
  const warnings = missing.map((name) => `\n[NO_VARIABLE_FOUND] No variable found with name '${name}'`)
  const reason = warnings.length > 0 ? ` The evaluation reported the following warnings:${warnings.join('')}` : ''
  return new Failure('EXTRACT_VALUE_ERROR', told + reason)
}

function kindOf(value: FeelValue): string {
  if (value === null) return 'NULL'
  if (isString(value)) return 'STRING'
  if (isBoolean(value)) return 'BOOLEAN'
  if (isNumber(value)) return 'NUMBER'
  if (isList(value)) return 'ARRAY'
  return isContext(value) ? 'OBJECT' : 'TEMPORAL'
}
