/** The two ways FEEL and decisions are answered: as FEEL-Scala 1.17 and DMN-Scala 1.9 do inside Zeebe 8.5, and as the DMN standard says. */
export type DialectName = 'camunda' | 'dmn'

/** Whether an expression or a decision is to be answered by the standard, difference by difference. */
export type Dialect = { readonly name: DialectName } & Readonly<Record<keyof typeof differences, boolean>>

/** All in which dialect `dmn` differs from `camunda`: what it does otherwise, and where that is decided. */
export const differences = {
  plainNames: ['a name may have blanks and signs without back-ticks', 'compile/context.ts'],
  exponents: ['a number may be written with an exponent, as in 1e3', 'compile/literals.ts'],
  unicodeEscapes: ['"\\u0436" and "\\U01F40E" in a text are the signs with these numbers', 'compile/literals.ts'],
  codePoints: ['positions in a text count whole signs, not UTF-16 units', 'functions/strings.ts'],
  failuresAreNull: ['where Zeebe raises an incident, the answer is null', 'compile/compile.ts'],
  argumentsNeeded: ['all, any, mode and their like are null without arguments, not the answer for an empty list', 'functions/index.ts'],
  standardNames: [
    'the parameter of sqrt, log, exp, odd and even is called "number" alone, that of abs "n"; one that a call by name leaves out is null',
    'functions/index.ts',
  ],
  builtInValues: ['a built-in function is a value that can be handed on', 'compile/compile.ts'],
  unknownFunctions: ['a function that nobody knows gives null instead of a syntax error', 'compile/calls.ts'],
  externalFunctions: ['a function of another language gives null, but for those of Java that only calculate', 'compile/definition.ts'],
  typedParameters: ['an argument that is not of its parameter\'s declared type makes the call null', 'compile/definition.ts'],
  coercedArguments: ['a list of one stands for its item, an item for a list of one', 'functions/builtIn.ts, functions/lists.ts'],
  strictPositions: [
    'position 0, positions outside and a path into what is no context are null, not forgiven',
    'functions/strings.ts, functions/lists.ts, functions/contexts.ts',
  ],
  xpathPatterns: ['patterns and their flags are those of XPath, not of Java', 'functions/regularExpressions.ts'],
  strictTimes: [
    '30 February, 10:30 without seconds and a year with a plus are no dates and times',
    'temporal/read.ts, functions/conversions.ts',
  ],
  exactDurations: ['a duration is multiplied and divided exactly: half of P1D is PT12H', 'arithmetic.ts'],
  signedDurations: ['a duration can be negated', 'arithmetic.ts'],
  datesAsMoments: ['a date beside a date and time is its midnight in UTC', 'arithmetic.ts'],
  placesCompared: [
    'times are equal in the same second of the world; one with a place and one without are different, not of unknown equality',
    'compare.ts',
  ],
  momentsCompared: ['the same moment in two zones is neither earlier nor later', 'compare.ts'],
  openRanges: ['an end of null leaves a range open; a comparison alone is a range, as in (< 5)', 'compare.ts, compile/tests.ts'],
  singletonFilters: ['a filter takes what is no list for a list of one, and null for an empty one', 'compile/filter.ts'],
  dependentLists: ['a list in a loop may use the variables of the lists before it', 'compile/loops.ts'],
  uniqueKeys: ['a context that names a key twice is null', 'compile/compile.ts, functions/contexts.ts'],
  askedTests: ['a truth value is the answer of a test that speaks of ?, and else compared with what is tested', 'compile/tests.ts'],
  equalityTests: ['a test may be written "= 5" or "!= 5"', 'compile/tests.ts'],
  listOfTests: ['a list may hold ranges that a value is tested against', 'compile/tests.ts'],
  plainText: ['string() writes a context as it would be read, no plus before a year, and no time as PT0S and P0M', 'text.ts'],
  zoneOfTime: ['the time of a moment in a zone keeps the zone', 'functions/conversions.ts'],
  decimalFunctions: [
    'sqrt, log, exp, stddev and fractional powers are counted in 34 decimal digits, not in binary',
    'arithmetic.ts, functions/numbers.ts, functions/lists.ts',
  ],
  typeOfNull: ['null is an instance of Null', 'compile/types.ts'],
  requiredVisible: ['a decision sees only what it requires, not all variables', '../dmn/evaluation.ts, ../dmn/knowledge.ts'],
  expressionLists: ['an expression may be several between commas, which mean their list', '../dmn/reading.ts'],
  inputsConverted: ['inputs are converted by their declared type: a text becomes a date', '../dmn/evaluation.ts'],
  typesAsked: [
    'every declared type is asked for, with conversions and allowed values, not only that of results and arguments of simple types',
    '../dmn/types/dataType.ts, ../dmn/logic/index.ts, ../dmn/table/outputs.ts',
  ],
  defaultsFilled: ['when no rule matches, columns without a default are null instead of left out', '../dmn/table/outputs.ts'],
  emptyCollected: ['nothing collected is an empty list, and its count 0, instead of null', '../dmn/table/hitPolicies.ts'],
  orderedAggregated: ['minimum and maximum are of whatever has an order, not of numbers alone', '../dmn/table/aggregations.ts'],
  resultsByName: ['a result without a variable is called by the name of its decision, not by its id', '../dmn/readGraph.ts'],
} as const

/** Each dialect's side of every difference. */
export const dialects: Readonly<Record<DialectName, Dialect>> = { camunda: side('camunda'), dmn: side('dmn') }

function side(name: DialectName): Dialect {
  return { name, ...Object.fromEntries(Object.keys(differences).map((each) => [each, name === 'dmn'])) } as Dialect
}
