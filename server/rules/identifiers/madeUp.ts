import { weightedSum } from './identifier.ts'
import type { Country } from './identifier.ts'

/**
 * A personal number that no register gave: its check digit is right, so that it passes every check, and its place of registration does
 * not exist (JMBG region 99, CNP county 60). A Bulgarian ЕГН has no such place: there it is of the series for births nobody could place.
 * `serial` 0 to 99 tells people of the same birthday apart.
 */
export function madeUpNumber(country: Country, { birthDate, isWoman, serial }: { birthDate: string; isWoman: boolean; serial: number }): string {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  if (country === 'bg') {
    const written = String(Number(month) + (Number(year) >= 2000 ? 40 : 0)).padStart(2, '0')
    // Even for men, odd for women.
    const body = year.slice(2) + written + day + String(926 + ((serial * 2) % 74) + (isWoman ? 1 : 0))
    return body + String((weightedSum(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10)
  }
  if (country === 'ro') {
    const sex = (Number(year) >= 2000 ? 5 : 1) + (isWoman ? 1 : 0)
    const body = `${sex}${year.slice(2)}${month}${day}60${String(serial + 1).padStart(3, '0')}`
    const rest = weightedSum(body, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return body + String(rest === 10 ? 1 : rest)
  }
  const body = `${day}${month}${year.slice(1)}99${String(serial + (isWoman ? 500 : 0)).padStart(3, '0')}`
  const rest = 11 - (weightedSum(body, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
  return body + String(rest > 9 ? 0 : rest)
}
