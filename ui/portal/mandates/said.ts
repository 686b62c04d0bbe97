/** What a form has to say on the page it leads back to: said once. */
let said = ''

export function sayNext(sentence: string): void {
  said = sentence
}

export function takeSaid(): string {
  const taken = said
  said = ''
  return taken
}
