/** What stands in the cells: texts that name something, ranges of numbers, or an expression of its own in each cell. */
export type Kind = 'texts' | 'ranges' | 'all different'

const RULES = 1000

/** A table of a thousand rules with five inputs, and contexts that reach rules all over it. */
export function thousandRules(kind: Kind): { xml: string; contexts: Record<string, unknown>[] } {
  const rules = Array.from({ length: RULES }, (_, index) => {
    const cells = cellsOf[kind](index).map((cell) => `<inputEntry><text>${cell.replaceAll('<', '&lt;')}</text></inputEntry>`)
    return `<rule id="rule-${index}">${cells.join('')}<outputEntry><text>"office-${index}"</text></outputEntry></rule>`
  })
  const inputs = ['first', 'category', 'third', 'age', 'urgent'].map((name) => `<input id="${name}"><inputExpression><text>${name}</text></inputExpression></input>`)
  const table = `<decisionTable hitPolicy="UNIQUE">${inputs.join('')}<output id="body" name="body" />${rules.join('')}</decisionTable>`
  const xml = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="bodies" name="Bodies" namespace="salter">'
    + `<decision id="competent-body" name="Competent body">${table}</decision></definitions>`
  return { xml, contexts: Array.from({ length: 100 }, (_, index) => contextOf(kind, (index * 97) % RULES)) }
}

// Rule i is for street i and number i alone, whatever else stands in it.
const cellsOf: Record<Kind, (index: number) => string[]> = {
  texts: (index) => [`"street-${index}"`, `"category-${index % 7}"`, '-', '-', 'true'],
  ranges: (index) => [`[${index}..${index + 1})`, '-', `"street-${index}", "lane-${index}"`, index % 2 ? '>= 18' : '< 100', 'true'],
  'all different': (index) => [`starts with(?, "street-") and ends with(?, "-${index}")`, '-', `? > ${index - 1} and ? < ${index + 1}`, `not(${index})`, 'true'],
}

function contextOf(kind: Kind, index: number): Record<string, unknown> {
  const street = `street-${index}`
  const [first, third] = kind === 'ranges' ? [index, street] : [street, index]
  return { first, third, category: `category-${index % 7}`, age: index % 2 ? 40 : 17.5, urgent: true }
}
