import { describe, expect, test } from 'vitest'
import { idOf, inEveryLanguage, newTown, type TownGiven } from '../../../server/cases/towns/newTown.ts'
import { Municipality, readCountryTown } from '../../../server/zeebe/municipality.ts'

const kanjiza: TownGiven = {
  country: 'rs', authority: 'municipality', name: 'Општина Кањижа', place: 'Кањижа', address: 'Главни трг 1, 24420 Кањижа',
  phone: '024 111 000', email: 'pisarnica@kanjiza.example',
}

test('what was not said is the custom of the country', async () => {
  const customs = await readCountryTown('processes', 'rs')

  const town = newTown(kanjiza, customs)

  expect(Municipality.parse(town)).toMatchObject({
    id: 'kanjiza', origin: 'product', timeZone: 'Europe/Belgrade', officialLanguage: 'sr-Cyrl', numbering: customs.numbering,
    names: { sr: 'Општина Кањижа', en: 'Opština Kanjiža', hu: 'Opština Kanjiža' },
  })
  expect(town.units.map(({ id }) => id)).toEqual(['registry', 'citizen-service', 'mail-room'])
})

test('what was said counts, also how another language calls the place', async () => {
  const customs = await readCountryTown('processes', 'rs')

  const town = newTown({ ...kanjiza, placeNames: { hu: 'Magyarkanizsa', ro: ' ' }, firstLanguage: 'hu', languages: ['sr-Latn', 'hu'] }, customs)

  expect(town.placeNames).toMatchObject({ hu: 'Magyarkanizsa', ro: 'Kanjiža', sr: 'Кањижа' })
  expect(town.languages).toEqual(['hu', 'sr-Cyrl', 'sr-Latn'])
})

describe('an id is made of the place', () => {
  test.each([
    ['Стара Пазова', 'sr-Cyrl', 'stara-pazova'],
    ['Ђорђево', 'sr-Cyrl', 'djordjevo'],
    ['Sremski Karlovci', 'sr-Latn', 'sremski-karlovci'],
    ['Стара Загора', 'bg', 'stara-zagora'],
    ['Caraș-Severin', 'ro', 'caras-severin'],
  ] as const)('%s', (place, language, id) => {
    expect(idOf(place, language)).toBe(id)
  })
})

test('names in other alphabets are written by the rules of each language', () => {
  expect(inEveryLanguage('Община Търговище', 'bg')).toMatchObject({ bg: 'Община Търговище', en: 'Obshtina Targovishte' })
  expect(inEveryLanguage('Grad Niš', 'sr-Latn')).toMatchObject({ sr: 'Град Ниш', bg: 'Град Ниш', ro: 'Grad Niš' })
  expect(inEveryLanguage('Comuna Doclin', 'ro')).toMatchObject({ sr: 'Comuna Doclin', ro: 'Comuna Doclin' })
})
