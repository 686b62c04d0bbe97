import { expect, test } from 'vitest'
import { bulgarianToLatin } from '../../../server/rules/scripts/index.ts'

// Examples of the law on transliteration (2009), art. 3 to 6.
test.each([
  ['София', 'Sofia'], ['Стара Загора', 'Stara Zagora'], ['Търговище', 'Targovishte'], ['Ямбол', 'Yambol'], ['Жеравна', 'Zheravna'],
  ['Щърклево', 'Shtarklevo'], ['Юндола', 'Yundola'], ['ЩЪРБАНОВО', 'SHTARBANOVO'], ['Мария', 'Maria'], ['Ихтиман, ул. „Шипка“ 3', 'Ihtiman, ul. „Shipka“ 3'],
])('%s → %s', (text, latin) => {
  expect(bulgarianToLatin(text)).toBe(latin)
})
