/**
 * What is counted, in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
 * Written here because three kinds of numbers are all that is needed, and counting must cost the writer next to nothing:
 * an addition to a Map or an array, no hashing of label sets.
 */

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** How often things of two labels happened. */
export class Counter {
  readonly #counts = new Map<string, Map<string, number>>()

  constructor(
    readonly name: string,
    readonly help: string,
    readonly labels: readonly [string, string],
  ) {}

  add(first: string, second: string): void {
    let counts = this.#counts.get(first)
    if (!counts) this.#counts.set(first, (counts = new Map<string, number>()))
    counts.set(second, (counts.get(second) ?? 0) + 1)
  }

  lines(): string[] {
    const [firstLabel, secondLabel] = this.labels
    const samples = [...this.#counts].flatMap(([first, counts]) =>
      [...counts].map(([second, count]) => `${this.name}{${firstLabel}="${first}",${secondLabel}="${second}"} ${count}`))
    return [...head(this.name, this.help, 'counter'), ...samples]
  }
}

/** How values are spread over ranges, which grow from `bounds[0]` up; the last range has no end. */
export class Histogram {
  readonly #counts: number[]
  #sum = 0

  constructor(
    readonly name: string,
    readonly help: string,
    readonly bounds: readonly number[],
  ) {
    this.#counts = [...bounds, Infinity].map(() => 0)
  }

  observe(value: number): void {
    let at = 0
    while (at < this.bounds.length && value > this.bounds[at]!) at++
    this.#counts[at]!++
    this.#sum += value
  }

  lines(): string[] {
    let count = 0
    const samples = this.#counts.map((each, at) => `${this.name}_bucket{le="${this.bounds[at] ?? '+Inf'}"} ${(count += each)}`)
    return [...head(this.name, this.help, 'histogram'), ...samples, `${this.name}_sum ${this.#sum}`, `${this.name}_count ${count}`]
  }
}

/** One number as it stands at the moment. */
export function gauge(name: string, help: string, value: number): string[] {
  return [...head(name, help, 'gauge'), `${name} ${value}`]
}

/** One number that only grows. */
export function total(name: string, help: string, value: number): string[] {
  return [...head(name, help, 'counter'), `${name} ${value}`]
}

/** Values below which a share of what was seen lies, by the share. */
export function summary(name: string, help: string, quantiles: Readonly<Record<string, number>>): string[] {
  return [...head(name, help, 'gauge'), ...Object.entries(quantiles).map(([share, value]) => `${name}{quantile="${share}"} ${value}`)]
}

function head(name: string, help: string, type: 'counter' | 'gauge' | 'histogram'): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
