/** What a person typed as a value: JSON where it is JSON (12, true, ["a"]), else the text itself. */
export function readValue(typed: string): unknown {
  const text = typed.trim()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
