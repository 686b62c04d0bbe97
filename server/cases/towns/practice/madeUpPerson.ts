import { madeUpNumber, type Country } from '../../../rules/identifiers/index.ts'
import { searchKey } from '../../../rules/searchKey.ts'
import type { MadeUpPeople } from '../../../zeebe/practice.ts'

/** How many different people a copy is filled with. */
export const madeUpPeopleCount = 40

/** Nobody who lives: a name of the country, a number that no register gave, an address for mail that leads nowhere. */
export interface MadeUpPerson {
  givenName: string
  familyName: string
  birthDate: string
  number: string
  email: string
  address: string
}

/** The same person for the same `index`, whenever asked. */
export function madeUpPerson(
  { women, men, families, streets }: Pick<MadeUpPeople, 'women' | 'men' | 'families' | 'streets'>, country: Country, place: string, index: number,
): MadeUpPerson {
  const at = index % madeUpPeopleCount
  const isWoman = at % 2 === 0
  const given = isWoman ? women : men
  const turn = Math.floor(at / 2)
  const givenName = given[turn % given.length]!
  // A step that shares no factor with the list: names do not march in pairs, and no two people share both.
  const family = families[(turn * 5 + (isWoman ? 0 : 11)) % families.length]!
  const familyName = isWoman ? family.woman : family.man
  const birthDate = `${1948 + ((at * 13) % 55)}-${two(1 + ((at * 5) % 12))}-${two(1 + ((at * 11) % 28))}`
  return {
    givenName,
    familyName,
    birthDate,
    number: madeUpNumber(country, { birthDate, isWoman, serial: at }),
    email: `${searchKey(`${givenName} ${familyName}`).replaceAll(' ', '.')}.${at + 1}@training.example`,
    address: `${streets[at % streets.length]} ${1 + ((at * 17) % 90)}, ${place}`,
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
