import { separateLetters } from './separateLetters.ts'

const pairs: Readonly<Record<string, string>> = { lj: 'љ', nj: 'њ', dž: 'џ' }

const letters: Readonly<Record<string, string>> = {
  a: 'а', b: 'б', v: 'в', g: 'г', d: 'д', đ: 'ђ', e: 'е', ž: 'ж', z: 'з', i: 'и', j: 'ј', k: 'к', l: 'л', m: 'м', n: 'н',
  o: 'о', p: 'п', r: 'р', s: 'с', t: 'т', ć: 'ћ', u: 'у', f: 'ф', h: 'х', c: 'ц', č: 'ч', š: 'ш',
}

// Letters Unicode keeps as one for two: U+01C4 to U+01CC.
const joined: Readonly<Record<string, string>> = {
  'Ǆ': 'DŽ', 'ǅ': 'Dž', 'ǆ': 'dž', 'Ǉ': 'LJ', 'ǈ': 'Lj', 'ǉ': 'lj', 'Ǌ': 'NJ', 'ǋ': 'Nj', 'ǌ': 'nj',
}

const untouched = [
  /^\{\{.*\}\}$/su, // a field of a letter
  /^\{[^{}\s]*\}$/u, // a placeholder of a text
  /@|:\/\/|^www\./iu,
  /^[\w-]+(\.[\w-]+)*\.(rs|ba|bg|ro|hu|eu|com|org|net|edu|gov|example)(\/\S*)?$/iu,
  /\d\p{L}|\p{L}\d/u, // codes
  /[qwxy]/iu, // no Serbian word has them
]
const romanNumeral = /^(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/u

/**
 * Serbian Latin in Cyrillic letters. Words where n + j, l + j or d + ž stay apart come from `separateLetters`.
 * E-mail and web addresses, codes, Roman numerals, `{placeholders}` and words with q w x y are left as they are.
 */
export function toCyrillic(text: string): string {
  const composed = text.normalize('NFC').replace(/[\u01c4-\u01cc]/g, (letter) => joined[letter]!)
  return composed.replace(/\{\{.*?\}\}|\{[^{}\s]*\}|[^\s{}]+/gsu, chunkToCyrillic)
}

function chunkToCyrillic(chunk: string): string {
  const bare = chunk.replace(/^[^\p{L}\d{]+|[^\p{L}\d}]+$/gu, '')
  if (untouched.some((pattern) => pattern.test(bare))) return chunk
  return chunk.replace(/\p{L}+/gu, (word) => (isRoman(word) ? word : wordToCyrillic(word)))
}

// A lone C, D, L, M, V or X is more often a letter of the alphabet or an initial; a lone I is "and" at the start of a sentence.
function isRoman(word: string): boolean {
  return word.length > 1 && romanNumeral.test(word)
}

function wordToCyrillic(word: string): string {
  const small = word.toLowerCase()
  const apart = separateLetters(small)
  let cyrillic = ''
  for (let at = 0; at < word.length; at++) {
    const pair = apart.has(at) ? undefined : pairs[small.slice(at, at + 2)]
    const letter = pair ?? letters[small[at]!]
    cyrillic += letter === undefined ? word[at]! : word[at] === small[at] ? letter : letter.toUpperCase()
    if (pair) at++
  }
  return cyrillic
}
