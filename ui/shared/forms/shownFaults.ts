interface FieldInstance {
  valuePath: (string | number)[]
}

/**
 * The viewer's service `validator`. It checks nothing while one types: it only tells which sentences stand at a field now.
 * What is checked, and when, is decided by CaseForm with server/rules/form.
 */
export class ShownFaults {
  private sentences = new Map<string, string>()

  /** Path of a field (`subject.name`) → the sentence that stands there. */
  show(sentences: ReadonlyMap<string, string>): void {
    this.sentences = new Map(sentences)
  }

  validateFieldInstance({ valuePath }: FieldInstance): string[] {
    const sentence = this.sentences.get(pathText(valuePath))
    return sentence === undefined ? [] : [sentence]
  }

  validateField(): string[] {
    return []
  }
}

/** ['children', 0, 'name'] → `children[0].name`, as faults name their field. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '')
}
