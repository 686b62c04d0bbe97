/** Every operator and function with values of every type: what the kept answers are a sample of. Prints a JSON line each. */

const values = [
  'null', 'nope', 'true', '2', '-1.50', '0', '"abc"', '""', '[1,2,3]', '[]', '[1,"a",null]', '{a:1}',
  'date("2024-01-31")', 'time("10:30:00")', 'date and time("2024-01-31T10:30:00")', 'date and time("2024-01-31T10:30:00+01:00")',
  'date and time("2024-01-31T10:30:00@Europe/Belgrade")', 'duration("P1DT2H")', 'duration("P1Y2M")',
]
const others = ['[1..5]', 'function(x) x']

const operators = ['+', '-', '*', '/', '**', '=', '!=', '<', '<=', '>', '>=', 'and', 'or']

const shapes = [
  '-(_)', 'not(_)', 'if _ then 1 else 2', '_ between 1 and 3', '2 between _ and 3', '_ in [1..3]', '_ in (1, 2)', '_ in _',
  'for i in _ return i', 'some i in _ satisfies i = 1', 'every i in _ satisfies i = 1', '[1,2,3][_]', '_.a', '_.year', '{k: _}.k = _',
  '[_] = [_]', '_ instance of number', '_ instance of string', '_ instance of list', '_ instance of context', '_ instance of date',
  '_ instance of time', '_ instance of date and time', '_ instance of days and time duration',
  '_ instance of years and months duration', '_ instance of boolean', '_ instance of Any',
]

const ofOne = [
  'string', 'number', 'date', 'time', 'date and time', 'duration', 'string length', 'upper case', 'lower case', 'count', 'min', 'max', 'sum',
  'product', 'mean', 'median', 'stddev', 'mode', 'all', 'any', 'reverse', 'flatten', 'distinct values', 'duplicate values', 'floor',
  'ceiling', 'abs', 'sqrt', 'log', 'exp', 'odd', 'even', 'day of week', 'day of year', 'week of year', 'month of year',
  'last day of month', 'get entries', 'context', 'not', 'is defined', 'string join', 'union', 'concatenate', 'append', 'context merge',
  'extract', 'sort',
]

const ofTwo = [
  'substring', 'substring before', 'substring after', 'contains', 'starts with', 'ends with', 'matches', 'split', 'extract', 'string join',
  'list contains', 'sublist', 'append', 'concatenate', 'remove', 'index of', 'union', 'decimal', 'floor', 'ceiling', 'round up',
  'round down', 'round half up', 'round half down', 'modulo', 'years and months duration', 'date and time', 'get value', 'get or else',
  'before', 'after', 'number', 'min', 'max', 'sum',
]

/** All of them, in a fixed order. */
export function combinations(): string[] {
  const all = [...values, ...others]
  return [
    ...operators.flatMap((operator) => values.flatMap((left) => values.map((right) => `${left} ${operator} ${right}`))),
    ...shapes.flatMap((shape) => values.map((value) => shape.replaceAll('_', value))),
    ...ofOne.flatMap((name) => all.map((value) => `${name}(${value})`)),
    ...ofTwo.flatMap((name) => all.flatMap((first) => all.map((second) => `${name}(${first}, ${second})`))),
  ]
}

for (const expression of combinations()) process.stdout.write(JSON.stringify({ expression }) + '\n')
