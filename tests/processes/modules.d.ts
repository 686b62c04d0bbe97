// What the tests use of packages that ship no types of their own.

declare module 'bpmnlint' {
  export class Linter {
    constructor(options: { config: unknown; resolver: unknown })
    /** Findings by rule; empty for a good diagram. */
    lint(definitions: unknown): Promise<Record<string, unknown[]>>
  }
}

declare module 'bpmnlint/lib/resolver/node-resolver.js' {
  export default class NodeResolver {
    constructor(options: { require: NodeJS.Require })
  }
}
