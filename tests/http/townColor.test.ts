import fc from 'fast-check'
import { expect, test } from 'vitest'
import { townColor } from '../../server/http/pages/townColor.ts'

// Hues of sRGB's corners in OKLCH, as CSS Color 4 gives them.
const corners = [['#ff0000', 29.2], ['#00ff00', 142.5], ['#0000ff', 264.1], ['#ffff00', 109.8]] as const

test.each(corners)('the hue of %s is %f degrees, and its chroma is held at 0.13', (mark, hue) => {
  expect(townColor(mark)).toMatchObject({ hue: expect.closeTo(hue, 0), chroma: 0.13, mark })
})

test('a grey town has no hue to speak of, so its accent is grey of our own lightness', () => {
  const { chroma, light } = townColor('#808080')

  // oklch(0.435 0 0): 0.435³ = 0.0823 of linear light, 81 of 255 after gamma.
  expect(chroma).toBe(0)
  expect(light['--accent']).toBe('#515151')
})

test('white text on a town’s button can be read whatever color the town has', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      const { light } = townColor(`#${value.toString(16).padStart(6, '0')}`)
      expect(1.05 / (luminance(light['--accent']!) + 0.05)).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

/** WCAG 2 relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
