/** Writes decision models for tests, in the words of DMN's XML. */

/** A column of conditions. */
export interface InputColumn {
  readonly expression: string
  readonly type?: string
  readonly label?: string
  readonly values?: string
}

/** A column of results. */
export interface OutputColumn {
  readonly name: string
  readonly type?: string
  readonly label?: string
  readonly values?: string
  readonly byDefault?: string
}

/** A decision table; each rule is its conditions and its results. */
export interface Table {
  /** Stands before the ids of its parts, where a model has several tables. */
  readonly prefix?: string
  readonly hitPolicy?: string
  readonly aggregation?: string
  readonly inputs: readonly InputColumn[]
  readonly outputs: readonly OutputColumn[]
  readonly rules: readonly (readonly [conditions: readonly string[], results: readonly string[]])[]
}

/** What stands around a decision's logic. */
export interface Around {
  readonly name?: string
  readonly variable?: string
  readonly type?: string
  readonly decisions?: readonly string[]
  readonly inputs?: readonly string[]
  readonly knowledge?: readonly string[]
}

/** A whole model; its parts come from the functions below. */
export function dmn(...parts: readonly string[]): string {
  const namespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
  return `<definitions xmlns="${namespace}" id="model" name="Model" namespace="salter">\n${parts.join('\n')}\n</definitions>`
}

export function decision(id: string, logic: string, { name = id, variable, type, decisions = [], inputs = [], knowledge = [] }: Around = {}): string {
  const item = variable === undefined && type === undefined ? '' : `<variable name="${quoted(variable ?? id)}"${attribute('typeRef', type)}/>`
  const requirements = [
    ...decisions.map((each) => `<informationRequirement><requiredDecision href="#${each}"/></informationRequirement>`),
    ...inputs.map((each) => `<informationRequirement><requiredInput href="#${each}"/></informationRequirement>`),
    ...knowledge.map((each) => `<knowledgeRequirement><requiredKnowledge href="#${each}"/></knowledgeRequirement>`),
  ]
  return `<decision id="${id}" name="${quoted(name)}">${item}${requirements.join('')}${logic}</decision>`
}

export function input(id: string, { name = id, type }: Around = {}): string {
  return `<inputData id="${id}" name="${quoted(name)}"><variable name="${quoted(name)}"${attribute('typeRef', type)}/></inputData>`
}

export function literal(expression: string): string {
  return `<literalExpression><text>${quoted(expression)}</text></literalExpression>`
}

export function table({ prefix = '', hitPolicy, aggregation, inputs, outputs, rules }: Table): string {
  const columns = [
    ...inputs.map((each, index) =>
      `<input id="${prefix}input-${index + 1}"${attribute('label', each.label)}><inputExpression${attribute('typeRef', each.type)}>${text(each.expression)}</inputExpression>` +
      `${each.values === undefined ? '' : `<inputValues>${text(each.values)}</inputValues>`}</input>`),
    ...outputs.map((each, index) =>
      `<output id="${prefix}output-${index + 1}" name="${quoted(each.name)}"${attribute('label', each.label)}${attribute('typeRef', each.type)}>` +
      `${each.values === undefined ? '' : `<outputValues>${text(each.values)}</outputValues>`}` +
      `${each.byDefault === undefined ? '' : `<defaultOutputEntry>${text(each.byDefault)}</defaultOutputEntry>`}</output>`),
    ...rules.map(([conditions, results], index) =>
      `<rule id="${prefix}rule-${index + 1}">${conditions.map((each) => `<inputEntry>${text(each)}</inputEntry>`).join('')}` +
      `${results.map((each) => `<outputEntry>${text(each)}</outputEntry>`).join('')}</rule>`),
  ]
  return `<decisionTable${attribute('hitPolicy', hitPolicy)}${attribute('aggregation', aggregation)}>${columns.join('\n')}</decisionTable>`
}

/** A boxed context; an entry without a name is its result. */
export function context(entries: readonly (readonly [name: string | null, logic: string])[]): string {
  return `<context>${entries.map(([name, logic]) => `<contextEntry>${name === null ? '' : `<variable name="${quoted(name)}"/>`}${logic}</contextEntry>`).join('')}</context>`
}

export function list(...items: readonly string[]): string {
  return `<list>${items.join('')}</list>`
}

export function relation(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => `<row>${row.map(literal).join('')}</row>`)
  return `<relation>${columns.map((each) => `<column name="${quoted(each)}"/>`).join('')}${cells.join('')}</relation>`
}

export function invocation(called: string, bindings: Readonly<Record<string, string>>): string {
  const bound = Object.entries(bindings).map(([name, value]) => `<binding><parameter name="${quoted(name)}"/>${literal(value)}</binding>`)
  return `<invocation>${literal(called)}${bound.join('')}</invocation>`
}

export function functionDefinition(parameters: Readonly<Record<string, string>>, body: string): string {
  const formal = Object.entries(parameters).map(([name, type]) => `<formalParameter name="${quoted(name)}" typeRef="${type}"/>`)
  return `<functionDefinition>${formal.join('')}${body}</functionDefinition>`
}

export function knowledge(id: string, parameters: Readonly<Record<string, string>>, body: string, { name = id, knowledge: required = [] }: Around = {}): string {
  const logic = functionDefinition(parameters, body).replaceAll(/^<functionDefinition>|<\/functionDefinition>$/g, '')
  const requirements = required.map((each) => `<knowledgeRequirement><requiredKnowledge href="#${each}"/></knowledgeRequirement>`)
  return `<businessKnowledgeModel id="${id}" name="${quoted(name)}"><encapsulatedLogic>${logic}</encapsulatedLogic>${requirements.join('')}</businessKnowledgeModel>`
}

function text(expression: string): string {
  return `<text>${quoted(expression)}</text>`
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${quoted(value)}"`
}

function quoted(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
