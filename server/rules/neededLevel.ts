/** How surely one must be known for an answer: giving it at all, or giving one of `is`. A line of `levels` in procedure.json. */
export interface LevelRule<Level extends string> {
  /** Key of the form's field. */
  answer: string
  is?: string[] | undefined
  level: Level
}

/**
 * The level that a request with these answers needs: the highest of the procedure's own and of the rules whose answer is given.
 * `rising` lists all levels from the lowest. The portal asks it while one types, the server when the request comes.
 */
export function neededLevel<Level extends string>(
  own: Level, rules: readonly LevelRule<Level>[], answers: Readonly<Record<string, unknown>>, rising: readonly Level[],
): Level {
  const asked = rules.filter((rule) => isGiven(answers[rule.answer], rule.is)).map(({ level }) => level)
  return [own, ...asked].reduce((high, level) => (rising.indexOf(level) > rising.indexOf(high) ? level : high))
}

function isGiven(answer: unknown, values: readonly string[] | undefined): boolean {
  // A list of choices or files counts by what is in it.
  if (Array.isArray(answer)) return answer.some((each) => isGiven(each, values))
  if (answer === undefined || answer === null || answer === '' || answer === false) return false
  return values === undefined || values.includes(String(answer))
}
