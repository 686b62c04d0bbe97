import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decisionOf, evaluateDecision, functionOf, invokeFunction, readDmn, type DecisionResult } from '../rules/dmn/index.ts'
import { isContext, parseJson, type DialectName, type FeelContext } from '../rules/feel/index.ts'

/** Answers a context, as one line of JSON. Throws for one that fails. */
type Answering = (line: string) => unknown

/**
 * Reads a decision model once, and answers a context, as one line of JSON, with what the named decision makes of it.
 * Throws when the model or the decision is not there, and for each context that fails.
 */
export async function decider(file: string, decision: string, dialect: DialectName): Promise<Answering> {
  return (await readModel(file, dialect))(decision)
}

/**
 * Reads a decision model, and finds in it what is to be answered: a decision by its id or its name; or what is a function, a decision
 * service or business knowledge model, which takes the context for its arguments. Throws when the model or the decision is not there.
 */
export async function readModel(file: string, dialect: DialectName): Promise<(decision: string) => Answering> {
  const importing = dialect === 'dmn' ? besideFile(file) : undefined
  const xml = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Expected a decision model in the file ${file}, but it cannot be read (${error.code})`)
  })
  const { drg, faults } = await readDmn(xml, { dialect, importing })
  if (!drg) throw new Error(faults.join('\n'))
  return (decision) => {
    const found = decisionOf(drg, decision)
    if (found) return (line) => shown(evaluateDecision(drg, found, contextOf(line)))
    const callable = functionOf(drg, decision)
    if (callable) return (line) => ({ output: invokeFunction(callable, contextOf(line)) })
    throw new Error(`Expected one of the decisions ${drg.decisions.map((each) => each.name).join(', ')}, but got ${decision}`)
  }
}

/** Finds the models that stand in the same folder as a file, by their namespaces. The folder is read at the first question. */
function besideFile(file: string): (namespace: string) => Promise<string | undefined> {
  const folder = dirname(file)
  let models: Promise<string[]> | undefined
  const read = async (): Promise<string[]> => {
    const names = (await readdir(folder)).filter((each) => each.endsWith('.dmn'))
    return Promise.all(names.map((each) => readFile(join(folder, each), 'utf8')))
  }
  return async (namespace) => {
    models ??= read()
    return (await models).find((xml) => /<(?:[\w.-]+:)?definitions\b[^>]*?\snamespace\s*=\s*["']([^"']*)["']/.exec(xml)?.[1] === namespace)
  }
}

function contextOf(line: string): FeelContext {
  const context = parseJson(line)
  if (!isContext(context)) throw new Error('Expected a context as a JSON object, but the line has another value')
  return context
}

/** The protocol's detail, that of the named decision first. */
function shown({ output, evaluated, failure }: DecisionResult): object {
  if (failure) throw new Error(`${failure.decision.id}: ${failure.message}`)
  const evaluatedDecisions = evaluated.map(({ decision, ...made }) => ({
    decisionId: decision.id, decisionName: decision.name, decisionType: decision.type, ...made,
  }))
  const { matchedRules = [], evaluatedInputs = [] } = evaluated.at(-1) ?? {}
  return { output, matchedRules, evaluatedInputs, evaluatedDecisions }
}
