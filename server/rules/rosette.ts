/**
 * The town's guilloche: ellipses turned around one center. Their number and axes come from the town's key,
 * so each town has its own, and the same one on screen, stamp and letterhead.
 */
export interface RosetteShape {
  /** How many ellipses, 18 to 32. */
  lines: number
  /** Half axes as shares of the half width, 0 to 1. */
  long: number
  short: number
}

/** The shape for a town's key. */
export function rosetteShape(key: string): RosetteShape {
  // FNV-1a: small, well spread, the same everywhere.
  let hash = 0x811c9dc5
  for (const character of key) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return { lines: 18 + (hash % 15), long: 0.96, short: 0.3 + ((hash >>> 8) % 40) / 100 }
}

export interface RosetteStyle {
  size?: number
  stroke?: string
  width?: number
}

/** The rosette as an SVG text of about 2 KB. `stroke` is any CSS color; `size` the width and height in user units. */
export function rosette(key: string, { size = 200, stroke = 'currentColor', width = 0.8 }: RosetteStyle = {}): string {
  const { lines, long, short } = rosetteShape(key)
  const half = size / 2
  const ellipses = Array.from({ length: lines }, (_, index) => {
    const place = `cx="${half}" cy="${half}" rx="${round(half * long)}" ry="${round(half * short)}"`
    return `<ellipse ${place} transform="rotate(${round((180 * index) / lines)} ${half} ${half})"/>`
  })
  const drawn = `<g fill="none" stroke="${stroke}" stroke-width="${width}">${ellipses.join('')}</g>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}">${drawn}</svg>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
