import { searchKey } from '../../../server/rules/searchKey.ts'

/** A title in pieces, those that answer the question marked. Both scripts, with or without marks, as the server searches. */
export function markParts(title: string, q: string): { text: string; found: boolean }[] {
  const asked = q.split(/\s+/).map((word) => searchKey(word)).filter((word) => word.length > 1)
  if (asked.length === 0) return [{ text: title, found: false }]
  return title.split(/(\s+)/).filter((text) => text !== '').map((text) => {
    const key = searchKey(text)
    // The last letter of a longer word may be an ending: "maticne" is also "matične", "извода" also "извод".
    return { text, found: key !== '' && asked.some((word) => key.startsWith(word.length > 3 ? word.slice(0, -1) : word)) }
  })
}
