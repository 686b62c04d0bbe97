// What dmn-moddle gives; the package has no types.

declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { message: string; element?: { $type: string } }[] }>
  }
}
