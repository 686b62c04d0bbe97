/** A sum as a clerk types it ("1.240,50", "520") in the smallest unit; undefined when it is none. */
export function minorOf(typed: string): number | undefined {
  const [, whole, part = ''] = /^([\d\s.,]*?\d)(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? []
  if (whole === undefined) return undefined
  const minor = Number(whole.replace(/[\s.,]/g, '')) * 100 + Number(part.padEnd(2, '0'))
  return Number.isSafeInteger(minor) && minor > 0 ? minor : undefined
}
