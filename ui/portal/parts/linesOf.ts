/** A text of several lines as its lines; list dashes go, empty lines too. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/^\s*[-*]\s+/, '').trim()).filter((line) => line !== '')
}
