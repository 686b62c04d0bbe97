/** What the rules of `check/` let no diagram lack. If it is missing, that is our mistake and not the designer's. */
export function checked<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`Expected ${what}, because check/ lets only diagrams pass that have it, but found none`)
  return value
}
