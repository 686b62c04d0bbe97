/** A town's color as the pages need it: hue and chroma for browsers that know oklch(), computed roles for the others. */

export interface TownColor {
  /** OKLCH hue, 0 to 360. */
  hue: number
  /** OKLCH chroma, 0 to 0.13; 0 for what counts as grey. */
  chroma: number
  /** As the town gave it. */
  mark: string
  /** Custom property → `#rrggbb`, computed for the light theme. */
  light: Readonly<Record<string, string>>
  /** The same for the dark theme. */
  dark: Readonly<Record<string, string>>
}

const strongest = 0.13
const grey = 0.02

/** Role → lightness and share of the town's chroma; the numbers of ui/shared/tokens.css. */
const lightRoles: Readonly<Record<string, readonly [number, number]>> = {
  '--accent': [0.435, 1],
  '--accent-hover': [0.365, 1],
  '--accent-text': [0.435, 1],
  '--accent-tint': [0.957, 0.17],
  '--accent-tint-2': [0.918, 0.27],
  '--accent-line': [0.775, 0.75],
  '--accent-deep': [0.3, 0.75],
  '--on-deep-2': [0.9, 0.35],
  '--deep-line': [0.48, 0.75],
}

const darkRoles: Readonly<Record<string, readonly [number, number]>> = {
  '--accent': [0.8, 0.75],
  '--accent-hover': [0.865, 0.6],
  '--on-accent': [0.2, 0.45],
  '--accent-text': [0.8, 0.75],
  '--accent-tint': [0.265, 0.3],
  '--accent-tint-2': [0.32, 0.38],
  '--accent-line': [0.5, 0.7],
  '--accent-deep': [0.235, 0.45],
  '--on-deep-2': [0.86, 0.3],
  '--deep-line': [0.42, 0.55],
}

/** Reads a color `#rrggbb`. */
export function townColor(mark: string): TownColor {
  const { chroma: given, hue } = toOklch(mark)
  const chroma = given < grey ? 0 : Math.min(given, strongest)
  const roles = (table: typeof lightRoles): Record<string, string> =>
    Object.fromEntries(Object.entries(table).map(([role, [lightness, share]]) => [role, toHex(lightness, chroma * share, hue)]))
  return { hue: round(hue, 1), chroma: round(chroma, 4), mark, light: roles(lightRoles), dark: roles(darkRoles) }
}

// Björn Ottosson's Oklab, as CSS Color 4 (section 9.2) uses it, with its matrices.
function toOklch(hex: string): { lightness: number; chroma: number; hue: number } {
  const [red, green, blue] = [1, 3, 5].map((at) => fromGamma(parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  return { lightness, chroma: Math.hypot(a, b), hue: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 }
}

/** What falls outside sRGB is clipped, as browsers do. */
function toHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
  return `#${linear.map((value) => Math.round(Math.min(1, Math.max(0, toGamma(value))) * 255).toString(16).padStart(2, '0')).join('')}`
}

function fromGamma(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toGamma(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
