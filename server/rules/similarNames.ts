/**
 * Whether two names may be one person's as people write them: the same words in any order, with at most one typing error (a letter
 * wrong, missing, too much, or two that changed places). A second family name or a father's name may be there or not. Both are
 * search keys, so scripts and marks make no difference. Coarse: it proposes, a person decides.
 */
export function isSimilarName(one: string, other: string): boolean {
  if (one.replaceAll(' ', '') === other.replaceAll(' ', '')) return true
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length) as [string[], string[]]
  // A single word says too little of a name of several: there are many Ilićs.
  if (few.length < 2 && few.length !== many.length) return false
  const left = [...many]
  const wrong = few.filter((word) => !takeOut(left, word))
  return wrong.length === 0 || (wrong.length === 1 && left.some((word) => isOneSlipAway(wrong[0]!, word)))
}

/** Whether two names have a word in common, but for one typing error: a family name after a marriage, a given name without the rest. */
export function haveWordInCommon(one: string, other: string): boolean {
  const words = wordsOf(other)
  return wordsOf(one).some((word) => words.some((each) => each === word || isOneSlipAway(word, each)))
}

function wordsOf(key: string): string[] {
  return key.split(' ').filter(Boolean)
}

function takeOut(words: string[], word: string): boolean {
  const at = words.indexOf(word)
  if (at >= 0) words.splice(at, 1)
  return at >= 0
}

// In a word of two letters one slip turns any into any other.
const shortest = 3

/** One letter wrong, missing or too much, or two neighbors changed. */
function isOneSlipAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length < shortest || long.length - short.length > 1 || short === long) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1)
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  return isSwapped || short.slice(at + 1) === long.slice(at + 1)
}
