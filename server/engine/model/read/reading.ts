import { FeelSyntaxError, compileExpression, type CompiledExpression } from '../../../rules/feel/index.ts'
import type { Mapping, Source } from '../executable.ts'
import { faultAt } from '../fault.ts'
import { childOf, extensionOf, extensionsOf, listOf, textOf, type Moddle } from '../moddle.ts'

/** Collects why a diagram cannot be executed, so that its designer hears all of it at once. */
export class Reading {
  readonly faults: string[] = []

  refuse(element: Moddle, message: string): void {
    this.faults.push(faultAt(element, message))
  }

  /** By its id an element is known in tables and messages. */
  idOf(element: Moddle): string {
    if (!element.id) this.refuse(element, 'Expected an id, but found none')
    return element.id ?? ''
  }

  /** A FEEL expression that must stand there as one (`=` in front). */
  expression(element: Moddle, text: string | undefined, what: string): CompiledExpression {
    const trimmed = text?.trim() ?? ''
    if (!trimmed.startsWith('=')) {
      this.refuse(element, `Expected ${what} to be an expression that begins with '=', but found '${trimmed}'`)
      return compileExpression('null')
    }
    return this.compile(element, trimmed.slice(1))
  }

  /** Text that may be a FEEL expression. */
  source(element: Moddle, text: string): Source {
    return text.trimStart().startsWith('=') ? { text, feel: this.compile(element, text.trim().slice(1)) } : { text }
  }

  optionalSource(element: Moddle, text: string | undefined): Source | undefined {
    return text === undefined || text.trim() === '' ? undefined : this.source(element, text)
  }

  mappings(element: Moddle, kind: 'inputParameters' | 'outputParameters'): Mapping[] {
    return listOf(extensionOf(element, 'zeebe:IoMapping'), kind).flatMap((each) => {
      const target = textOf(each, 'target') ?? ''
      if (!/^[^\s.]+(\.[^\s.]+)*$/.test(target)) {
        this.refuse(element, `Expected the target of a mapping to be a path of names, but found '${target}'`)
        return []
      }
      return [{ source: this.source(element, textOf(each, 'source') ?? ''), target: target.split('.') }]
    })
  }

  headers(element: Moddle): Record<string, string> {
    const headers = extensionsOf(element, 'zeebe:TaskHeaders').flatMap((each) => listOf(each, 'values'))
    return Object.fromEntries(headers.flatMap((each) => {
      const key = textOf(each, 'key')
      return key ? [[key, textOf(each, 'value') ?? '']] : []
    }))
  }

  private compile(element: Moddle, source: string): CompiledExpression {
    try {
      return compileExpression(source)
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error
      this.refuse(element, `Failed to parse expression '${source}': ${error.message}`)
      return compileExpression('null')
    }
  }
}

/** Text inside an expression element, such as a timer's duration. */
export function bodyOf(element: Moddle | undefined, property: string): string | undefined {
  return textOf(childOf(element, property), 'body')?.trim()
}
