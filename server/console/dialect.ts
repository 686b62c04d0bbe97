import { dialects, type DialectName } from '../rules/feel/index.ts'

/** Whether `--dialect` names one of them. */
export function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}
