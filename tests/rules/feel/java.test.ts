import { expect, test } from 'vitest'
import { compileExpression, scopeOf, toJson } from '../../../server/rules/feel/index.ts'

/** Calls a method of Java with arguments as an expression writes them. */
function call(className: string, signature: string, args: string): string {
  const parameters = args.split(', ').map((_, index) => `p${index}`).join(', ')
  const method = `function(${parameters}) external {java: {class: "${className}", method signature: "${signature}"}}`
  return toJson(compileExpression(`(${method})(${args})`, { dialect: 'dmn' }).evaluate(scopeOf({})))
}

test.each([
  ['java.lang.Math', 'max(int, int)', '12, 34', '34'],
  ['java.lang.Math', 'min(double,double)', '12.5, 3.25', '3.25'],
  ['java.lang.Math', 'abs(long)', '-9007199254740993', '9007199254740993'],
  ['java.lang.Math', 'pow(double, double)', '2, 0.5', '1.4142135623730951'],
  ['java.lang.Math', 'cos(double)', '0', '1'],
  ['java.lang.Integer', 'valueOf(java.lang.String)', '"52"', '52'],
  ['java.lang.Integer', 'parseInt(java.lang.String)', '"-7"', '-7'],
  ['java.lang.Float', 'valueOf(java.lang.String)', '"19.99"', '19.99'],
  ['java.lang.Byte', 'valueOf(byte)', '127', '127'],
  ['java.lang.String', 'valueOf(char)', '"š"', '"š"'],
  ['java.lang.String', 'format(java.lang.String, [Ljava.lang.Object;)', '"%s: %d%%", "fee", 20', '"fee: 20%"'],
])('of Java, %s.%s of %s is %s', (className, signature, args, expected) => {
  expect(call(className, signature, args)).toBe(expected)
})

test.each([
  ['a class of anybody else', 'org.example.Fees', 'total(int)', '1'],
  ['a method that does more than calculate', 'java.lang.System', 'getenv(java.lang.String)', '"PATH"'],
  ['a method that the class does not have', 'java.lang.Math', 'constructor(double)', '1'],
  ['a number too large for its type', 'java.lang.Byte', 'valueOf(byte)', '128'],
  ['a fraction for a whole number', 'java.lang.Math', 'max(int, int)', '1.5, 2'],
  ['too few arguments', 'java.lang.Math', 'max(int, int)', '1'],
  ['a text that is no number', 'java.lang.Integer', 'valueOf(java.lang.String)', '"many"'],
  ['two signs for one', 'java.lang.String', 'valueOf(char)', '"ab"'],
  ['a place of a format that is not known', 'java.lang.String', 'format(java.lang.String, [Ljava.lang.Object;)', '"%x", 1'],
  ['a format with more places than values', 'java.lang.String', 'format(java.lang.String, [Ljava.lang.Object;)', '"%s %s", 1'],
])('of Java, %s is null', (_, className, signature, args) => {
  expect(call(className, signature, args)).toBe('null')
})
