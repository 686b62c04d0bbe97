import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, type Color, fromHex, fromOklch } from './color.ts'

// The table of ui/README: what a town may choose, it cannot choose legibility away.
const css = readFileSync(new URL('../../ui/shared/tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
type Roles = Record<string, string>

const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector, body]) => ({
  selector: (selector ?? '').trim(),
  roles: rolesIn(body ?? ''),
}))
function rolesIn(body: string): Roles {
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', (value ?? '').trim()]))
}
const themes: Record<'light' | 'dark', Roles> = {
  light: Object.assign({}, ...blocks.filter(({ selector }) => selector === ':root').map(({ roles }) => roles)) as Roles,
  dark: Object.assign({}, ...blocks.filter(({ selector }) => selector === ':root[data-theme="dark"]').map(({ roles }) => roles)) as Roles,
}
const towns = Array.from({ length: 360 }, (_, hue) => hue).flatMap((hue) => [0, 0.04, 0.07, 0.1, 0.13].map((chroma) => ({ hue, chroma })))
const grounds = ['paper', 'surface', 'sunken', 'raised']
const meanings = ['good', 'soon', 'late', 'note', 'pause']

/** A role's color in a theme, for a town where the role follows the town. */
function color(theme: Roles, role: string, town = { hue: 205, chroma: 0.07 }): Color {
  const value = theme[`--${role}`] ?? ''
  if (value.startsWith('#')) return fromHex(value)
  const [, lightness, part] = /^oklch\((\.\d+) (.+) var\(--town-h\)\)$/.exec(value) ?? []
  if (lightness === undefined || part === undefined) throw new Error(`Expected ${role} to be a color, but found "${value}"`)
  const share = part === 'var(--town-c)' ? 1 : Number(/\* (\.\d+)/.exec(part)?.[1])
  return fromOklch(Number(lightness), town.chroma * share, town.hue)
}

function lowest(pairs: [Color, Color][]): number {
  return Math.min(...pairs.map(([one, other]) => contrast(one, other)))
}

describe.each(['light', 'dark'] as const)('in the %s theme', (name) => {
  const theme = themes[name]

  test.each([
    ['ink', 4.5], ['ink-2', 4.5], ['ink-3', 4.5], ['line-2', 3], ['focus', 3], ...meanings.map((meaning) => [meaning, 4.5] as const),
  ] as const)('%s can be read on every ground', (role, needed) => {
    const value = lowest(grounds.map((ground) => [color(theme, role), color(theme, ground)]))

    expect(value).toBeGreaterThanOrEqual(needed)
  })

  test.each(meanings)('%s can be read on its own tint', (meaning) => {
    expect(contrast(color(theme, meaning), color(theme, `${meaning}-tint`))).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['on-accent', ['accent', 'accent-hover']],
    ['accent-text', ['paper', 'surface', 'sunken', 'accent-tint', 'accent-tint-2']],
    ['ink-2', ['accent-tint-2']],
    ['on-deep', ['accent-deep']],
    ['on-deep-2', ['accent-deep']],
  ] as const)('whatever color a town takes, %s can be read', (role, on) => {
    const pairs = towns.flatMap((town) => on.map((ground): [Color, Color] => [color(theme, role, town), color(theme, ground, town)]))

    expect(lowest(pairs)).toBeGreaterThanOrEqual(4.5)
  })
})

test('the dark theme is the same whether chosen or taken from the system', () => {
  const chosen = blocks.filter(({ selector }) => selector === ':root[data-theme="dark"]').map(({ roles }) => roles)
  const system = blocks.filter(({ selector }) => selector.endsWith(':root:not([data-theme="light"])')).map(({ roles }) => roles)

  expect(system).toEqual(chosen)
})

test('no color is written outside the token file', () => {
  const shared = ['base', 'controls', 'files', 'case', 'menus', 'fonts', 'forms/forms'].map((file) => `shared/${file}.css`)
  const files = [...shared, ...['frame', 'home', 'pages'].map((file) => `portal/css/${file}.css`)]

  const strays = files.flatMap((file) => {
    const text = readFileSync(new URL(`../../ui/${file}`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    return [...text.matchAll(/#[0-9a-f]{3,8}\b|oklch\(/gi)].map(([found]) => `${file}: ${found}`)
  })

  // What is printed is black on white, and the form viewer's mark is drawn for white paper.
  expect(strays.filter((stray) => !/(print|forms)\.css: #fff$|: #000$/i.test(stray))).toEqual([])
})
