import { compileExpression } from '../../../server/rules/feel/index.ts'
import { evaluateInForm, isExpression } from '../../../server/rules/form/index.ts'

interface EventBus {
  fire(name: string, event: { error: unknown }): void
}

/** The viewer's service `expressionLanguage`, on our own evaluator: sums stay exact, and the server reads conditions the same way. */
export class FeelInForms {
  static $inject = ['eventBus']
  constructor(private readonly eventBus: EventBus) {}

  isExpression(value: unknown): value is string {
    return isExpression(value)
  }

  getVariableNames(expression: unknown): string[] {
    return isExpression(expression) ? [...compileExpression(expression.slice(1)).names] : []
  }

  /** The value in plain JavaScript; null for what is no expression or cannot be evaluated, which is told to `error`. */
  evaluate(expression: unknown, data: Record<string, unknown> = {}): unknown {
    if (!isExpression(expression)) return null
    try {
      return evaluateInForm(expression, data)
    } catch (error) {
      this.eventBus.fire('error', { error })
      return null
    }
  }

  /** A condition of a field. Zeebe's forms write it as a whole expression, so it is one. */
  evaluateUnaryTest(expression: unknown, data: Record<string, unknown> = {}): boolean | null {
    const value = this.evaluate(expression, data)
    return typeof value === 'boolean' ? value : null
  }
}

/** The viewer's service `templating`: `{{ FEEL }}` inside texts, or a whole text that begins with `=`. */
export class TemplatesInForms {
  static $inject = ['expressionLanguage']
  constructor(private readonly language: FeelInForms) {}

  isTemplate(value: unknown): value is string {
    return typeof value === 'string' && (value.startsWith('=') || gap.test(value))
  }

  getVariableNames(template: unknown): string[] {
    if (!this.isTemplate(template)) return []
    if (template.startsWith('=')) return this.language.getVariableNames(template)
    return [...template.matchAll(everyGap)].flatMap(([, expression]) => this.language.getVariableNames(`=${expression}`))
  }

  evaluate(template: string, context: Record<string, unknown> = {}): string {
    if (template.startsWith('=')) return wordOf(this.language.evaluate(template, context))
    return template.replace(everyGap, (_, expression: string) => wordOf(this.language.evaluate(`=${expression}`, context)))
  }
}

const gap = /\{\{.+?\}\}/su
const everyGap = /\{\{(.+?)\}\}/gsu

function wordOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}
