/** The id of a field's element, by its path in the answers: the error summary leads there. `subject.name` → `f-subject-name` */
export function fieldId(path: string | readonly (string | number)[]): string {
  const parts = typeof path === 'string' ? path.split(/[.[\]]+/).filter((part) => part !== '') : path
  return `f-${parts.join('-')}`
}
