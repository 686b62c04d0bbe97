import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newRun } from '../../../server/rules/feel/compile/run.ts'
import { dialects } from '../../../server/rules/feel/dialects.ts'
import { FeelEvaluationError } from '../../../server/rules/feel/errors.ts'
import { countedSearch } from '../../../server/rules/feel/functions/patterns/search.ts'
import { patternTree, waysOf } from '../../../server/rules/feel/functions/patterns/tree.ts'
import { foundTexts, isFound, replaceAll, splitAt } from '../../../server/rules/feel/functions/regularExpressions.ts'

const run = (dialect = dialects.camunda): ReturnType<typeof newRun> => newRun(() => 0, dialect)

describe('patterns as Java and XPath write them', () => {
  test.each([
    ['Шалтер', '\\p{IsCyrillic}+', true],
    ['Šalter', '^\\p{Lu}\\p{Ll}+$', true],
    ['a', '[', null],
    ['2026-11-24', '^\\d{4}-\\d\\d-\\d\\d$', true],
  ])('%s and %s: %s', (text, pattern, expected) => {
    expect(isFound(text, pattern, '', run())).toBe(expected)
  })

  test('groups are put where the replacement names them', () => {
    expect(replaceAll('0123456789', '(\\d{3})(\\d{3})(\\d{4})', '($1) $2-$3', '', run())).toBe('(012) 345-6789')
  })

  test('a text is split between the places, whose groups do not count', () => {
    expect(splitAt('a1b2', '([0-9])', run())).toEqual(['a', 'b', ''])
    expect(foundTexts('a1b22', '[0-9]+', run())).toEqual(['1', '22'])
  })
})

describe('a pattern that would run without end is stopped by its steps', () => {
  const text = `${'a'.repeat(5000)}!`

  test.each([
    '(a+)+$', '(a|a)*$', '(a|aa)+$', 'a*a*a*a*a*b', '(.*)(.*)(.*)(.*)(.*)x', '(a?){40}a{40}b', '((a{1,30}){1,30}){1,30}$', '(?=(a+)+$)b', 'a+b',
  ])('%s', (pattern) => {
    for (const dialect of [dialects.camunda, dialects.dmn]) {
      expect(() => isFound(text, pattern, '', run(dialect))).toThrow(FeelEvaluationError)
    }
  })

  test('the same patterns answer where the text is short', () => {
    expect(isFound('aaa!', '(a+)+$', '', run())).toBe(false)
    expect(isFound('aaa', '(a|aa)+$', '', run())).toBe(true)
    expect(replaceAll('  many   blanks ', '\\s+', ' ', '', run())).toBe(' many blanks ')
    expect(replaceAll('a b '.repeat(20_000), '\\s+', '', '', run())).toBe('ab'.repeat(20_000))
  })
})

describe('the search that counts', () => {
  const pieces = ['a', 'b', '.', '[ab]', '[^a]', '\\w', '(a)', '(b|a)', '(?:ab)', '^', '$', '\\b', '(a*)', '(a|ab)(c|bcd)', '\\1']
  const piece = fc.constantFrom(...pieces)
  const often = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?', '+?', '??')
  const pattern = fc.array(fc.tuple(piece, often), { minLength: 1, maxLength: 5 }).map((pieces) =>
    pieces.map(([one, times]) => (/^(\^|\$|\\b)$/.test(one) ? one : one + times)).join(''),
  )

  test('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', ' '), maxLength: 8 }), (source, text) => {
        const expression = expressionOf(source)
        fc.pre(expression !== null)

        const found = countedSearch(patternTree(source), 'u')(text, 0, run())
        const wanted = expression.exec(text)

        expect(found && [found.start, text.slice(found.start, found.end)]).toEqual(wanted && [wanted.index, wanted[0]])
      }),
      { numRuns: 2000 },
    )
  })

  test('is taken only for what may be laid over a text in too many ways', () => {
    expect(waysOf(patternTree('^[A-Z]{2}\\d+$'), 100)).toBeLessThan(1000)
    expect(waysOf(patternTree('(a+)+'), 100)).toBeGreaterThan(1e9)
  })
})

function expressionOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'u')
  } catch {
    return null
  }
}
