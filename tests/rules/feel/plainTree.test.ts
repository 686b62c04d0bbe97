import { expect, test } from 'vitest'
import { plainTree } from '../../../server/rules/feel/compile/plainTree.ts'
import { readTree, type Part, type Top } from '../../../server/rules/feel/compile/tree.ts'

/** What the grammar makes of a text: a comment after it sends it there. */
function readByGrammar(source: string, top: Top): Part {
  const end = source.length
  const whole = (part: Part): Part =>
    ({ ...part, to: Math.min(part.to, end), text: part.text.slice(0, end), children: part.children.map(whole) })
  return whole(readTree(`${source}//`, top))
}

test.each([
  '"paper"', '""', '"čaša // # 1..2"', '12', '-12.50', '007', '0', 'true', 'false',
])('%s is read as the grammar reads it, as an expression and as a test', (source) => {
  expect(plainTree(source, 'Expression')).toEqual(readByGrammar(source, 'Expression'))
  // What is compared with a boolean is decided by the grammar alone.
  if (!/^[tf]/.test(source)) expect(plainTree(source, 'UnaryTests')).toEqual(readByGrammar(source, 'UnaryTests'))
})

test.each([
  '"a","b"', '"a", "b"', '1,2,-3', '< 5', '<5', '>= -5.5', '[1..3]', '(1..3)', ']-1..3.5[', '"a", < 5, [1..3], >=7', '<= 1,>2',
])('the tests %s are read as the grammar reads them', (source) => {
  expect(plainTree(source, 'UnaryTests')).toEqual(readByGrammar(source, 'UnaryTests'))
})

test.each([
  'a', '"a\\n"', '1e3', '1.', '.5', 'not("a")', '1 + 1', '-', '"a" , "b"', '1..3', '', 'null',
])('%s is left to the grammar', (source) => {
  expect(plainTree(source, 'Expression')).toBeUndefined()
  expect(plainTree(source, 'UnaryTests')).toBeUndefined()
})
