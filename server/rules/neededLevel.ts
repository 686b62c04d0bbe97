/** How surely one must be known for an answer: giving it at all, or giving one of `is`. A line of `levels` in procedure.json. */
export interface AnswerRule<Level extends string> {
  /** Key of the form's field. */
  answer: string
  is?: string[] | undefined
  level: Level
}

/** What whoever filed a request may do with it afterwards. */
export const caseActions = ['read-act', 'withdraw', 'supplement', 'pay', 'answer', 'appeal'] as const
export type CaseAction = (typeof caseActions)[number]

/** How surely one must be known for an action. A line of `levels`, too. */
export interface ActionRule<Level extends string> {
  action: CaseAction
  level: Level
}

export type LevelRule<Level extends string> = AnswerRule<Level> | ActionRule<Level>

/**
 * The level that a request with these answers needs: the highest of the procedure's own and of the rules whose answer is given.
 * `rising` lists all levels from the lowest. The portal asks it while one types, the server when the request comes.
 */
export function neededLevel<Level extends string>(
  own: Level, rules: readonly LevelRule<Level>[], answers: Readonly<Record<string, unknown>>, rising: readonly Level[],
): Level {
  const asked = rules.filter((rule) => 'answer' in rule && isGiven(answers[rule.answer], rule.is)).map(({ level }) => level)
  return [own, ...asked].reduce((high, level) => (rising.indexOf(level) > rising.indexOf(high) ? level : high))
}

/** The levels that actions need, for those of which the procedure says one. */
export function levelsOfActions<Level extends string>(rules: readonly LevelRule<Level>[]): Partial<Record<CaseAction, Level>> {
  return Object.fromEntries(rules.flatMap((rule) => ('action' in rule ? [[rule.action, rule.level]] : [])))
}

function isGiven(answer: unknown, values: readonly string[] | undefined): boolean {
  // A list of choices or files counts by what is in it.
  if (Array.isArray(answer)) return answer.some((each) => isGiven(each, values))
  if (answer === undefined || answer === null || answer === '' || answer === false) return false
  return values === undefined || values.includes(String(answer))
}
