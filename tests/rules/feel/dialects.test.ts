import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, dialects } from '../../../server/rules/feel/dialects.ts'
import { compileExpression, FeelSyntaxError, scopeOf, toJson } from '../../../server/rules/feel/index.ts'
import type { DialectName } from '../../../server/rules/feel/index.ts'

const context = { 'first name': 'Ana', 'fee-total': 5, list: [1, 2, 3], moment: '2026-11-24T10:00:00' }
const names = Object.keys(context)

function answer(source: string, dialect: DialectName): string {
  try {
    return toJson(compileExpression(source, { dialect, names }).evaluate(scopeOf(context)))
  } catch (error) {
    return error instanceof FeelSyntaxError ? 'no FEEL' : 'incident'
  }
}

/** For each difference of expressions what either dialect answers: the expression, then `camunda`, then `dmn`. */
const examples: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  plainNames: [
    ['first name + "!"', 'no FEEL', '"Ana!"'],
    ['fee-total + 1', 'null', '6'],
    ['{a-b: 1, c: a-b + 1}.c', 'no FEEL', '2'],
    ['{first name: 1}.first name', 'no FEEL', '1'],
  ],
  exponents: [['1.5e3', 'no FEEL', '1500'], ['2E-2', 'no FEEL', '0.02']],
  unicodeEscapes: [['"\\u0436"', '"\\\\u0436"', '"ж"'], ['"\\U01F40E"', '"\\\\U01F40E"', '"🐎"']],
  codePoints: [['string length("🐎!")', '3', '2'], ['substring("🐎!", 2)', '"\\udc0e!"', '"!"']],
  failuresAreNull: [
    ['number("many")', 'incident', 'null'],
    ['for i in 5 return i', 'incident', 'null'],
    ['modulo(1, 0)', 'incident', 'null'],
    ['0 ** -1', 'incident', 'null'],
  ],
  argumentsNeeded: [['all()', 'true', 'null'], ['any()', 'false', 'null'], ['mode()', '[]', 'null']],
  standardNames: [['sqrt(n: 4)', '2', 'null'], ['abs(number: -1)', '1', 'null'], ['abs(n: -1)', '1', '1'], ['is(value1: 5)', 'null', 'false']],
  builtInValues: [['{f: sum, c: f(1, 2) + f([3])}.c', 'null', '6'], ['sort(["b", "a"], function(x, y) matches(x, "a"))[1]', '"a"', '"a"']],
  unknownFunctions: [['nobody knows(1)', 'no FEEL', 'null']],
  externalFunctions: [
    ['(function(a) external {java: {class: "A", method signature: "b(int)"}})(1)', 'no FEEL', 'null'],
    ['(function(a) external {java: {class: "java.lang.Math", method signature: "log10(double)"}})(1000)', 'no FEEL', '3'],
  ],
  typedParameters: [['(function(a: number) a)("x")', '"x"', 'null'], ['(function(a: number) a)([5])', '[5]', '5']],
  coercedArguments: [['upper case(["a"])', 'null', '"A"'], ['count("a")', 'null', '1'], ['append("a", "b")', 'null', '["a","b"]']],
  strictPositions: [
    ['substring("abc", 0)', '""', 'null'],
    ['sublist(list, 0)', '[]', 'null'],
    ['remove(list, 9)', '[1,2,3]', 'null'],
    ['context put({a: 1}, ["a", "b"], 2)', '{"a":{"b":2}}', 'null'],
    ['substring("abc", 2, 9)', 'incident', '"bc"'],
  ],
  xpathPatterns: [
    ['matches("x", "[A-Z-[OI]]", "i")', 'false', 'true'],
    ['matches("a", "a", "p")', 'true', 'null'],
  ],
  strictTimes: [
    ['date("2023-02-30")', '"2023-02-28"', 'null'],
    ['time("10:30")', '"10:30:00"', 'null'],
    ['date("+2023-02-01")', '"2023-02-01"', 'null'],
    ['time(10, 30, 0, null)', 'null', '"10:30:00"'],
  ],
  exactDurations: [
    ['duration("P1D") * 1.5', '"P1D"', '"P1DT12H"'],
    ['duration("PT1H") / duration("PT25M")', '2', '2.4'],
    ['duration("P10Y11M") / 2.5', '"P4Y4M"', '"P4Y4M"'],
  ],
  signedDurations: [['-duration("P1D")', 'null', '"-P1D"'], ['-duration("P1Y")', 'null', '"-P1Y"']],
  datesAsMoments: [
    ['@"2021-01-02" - @"2021-01-01T10:10:10+11:00"', 'null', '"P1DT49M50S"'],
    ['@"2021-01-02" - @"2021-01-01T10:10:10"', 'null', 'null'],
  ],
  placesCompared: [
    ['time("10:30:00@Europe/Paris") = time("10:30:00")', 'null', 'false'],
    ['time("10:30:00.0001") = time("10:30:00.0002")', 'false', 'true'],
    ['@"2026-11-24T12:00:00-01:00" = @"2026-11-24T17:00:00+04:00"', 'false', 'true'],
  ],
  momentsCompared: [
    ['date and time("2026-01-31T10:30:00+01:00") < date and time("2026-01-31T10:30:00@Europe/Belgrade")', 'true', 'false'],
  ],
  openRanges: [['5 in [1..null]', 'null', 'true'], ['(< 5).end', 'no FEEL', '5'], ['3 in [(< 5)]', 'no FEEL', 'true'], ['(< 5) = (null..5)', 'no FEEL', 'false'], ['[3 in (!= 5), 5 in (!= 5)]', 'no FEEL', '[true,false]']],
  singletonFilters: [
    ['"a"[1]', 'incident', '"a"'],
    ['null[1]', 'incident', 'null'],
    ['5[item > 3]', 'incident', '[5]'],
    ['list["a"]', '[]', 'null'],
  ],
  dependentLists: [['for a in [[1, 2], [3]], b in a return b', 'incident', '[1,2,3]']],
  uniqueKeys: [['{a: 1, a: 2}', '{"a":2}', 'null']],
  askedTests: [['5 in (1 = 1)', 'true', 'null'], ['"a" in (?)', 'true', 'null'], ['false in (? = true)', 'true', 'false'], ['false in (not(false))', 'true', 'false']],
  equalityTests: [['5 in (= 5)', 'no FEEL', 'true'], ['5 in (!= 5)', 'no FEEL', 'false']],
  listOfTests: [['5 in [[2..4], [5..6]]', 'false', 'true']],
  plainText: [
    ['string({a: "b"})', '"{a:\\"b\\"}"', '"{a: \\"b\\"}"'],
    ['string({"{": "a"})', '"{{:\\"a\\"}"', '"{\\"{\\": \\"a\\"}"'],
    ['string(date(12345, 1, 1))', '"+12345-01-01"', '"12345-01-01"'],
    ['[string(duration("P0Y")), string(@"PT1H" - @"PT1H")]', '["P0Y","P0D"]', '["P0M","PT0S"]'],
  ],
  zoneOfTime: [['string(time(date and time("2026-08-10T10:20:00@Europe/Paris")))', '"10:20:00+02:00"', '"10:20:00@Europe/Paris"']],
  decimalFunctions: [
    ['sqrt(2)', '1.4142135623730951', '1.414213562373095048801688724209698'],
    ['exp(1)', '2.718281828459045', '2.718281828459045235360287471352662'],
    ['log(10)', '2.302585092994046', '2.302585092994045684017991454684364'],
    ['stddev(2, 4, 7, 5)', '2.0816659994661326', '2.081665999466132735282297706979931'],
    ['2 ** 0.5', '1.4142135623730951', '1.414213562373095048801688724209698'],
  ],
  typeOfNull: [['null instance of Null', 'false', 'true']],
}

describe('where the two dialects differ', () => {
  test.each(Object.entries(examples).flatMap(([name, rows]) => rows.map((row) => [name, ...row] as const)))(
    '%s: %s is %s for Zeebe and %s in the standard',
    (_, source, camunda, dmn) => {
      expect([answer(source, 'camunda'), answer(source, 'dmn')]).toEqual([camunda, dmn])
    },
  )

  test('each difference of expressions is shown', () => {
    const ofExpressions = Object.entries(differences).filter(([, [, files]]) => !files.startsWith('../dmn/'))

    expect(Object.keys(examples).toSorted()).toEqual(ofExpressions.map(([name]) => name).toSorted())
  })

  test('is told in one table, short enough to be read', () => {
    expect(Object.keys(differences).length).toBeLessThanOrEqual(40)
    expect(Object.keys(dialects.camunda)).toEqual(Object.keys(dialects.dmn))
  })

  test.each(Object.entries(differences))('%s is decided where the table says', (name, [, files]) => {
    const room = new URL('../../../server/rules/feel/', import.meta.url)

    expect(files.split(', ').filter((file) => !readFileSync(new URL(file, room), 'utf8').includes(name))).toEqual([])
  })
})
