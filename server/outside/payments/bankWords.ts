import type { ReaderLanguage } from '../../base/readerOf.ts'
import { latinTexts } from '../../rules/scripts/index.ts'
import type { Way } from './simulator.ts'

/** Every sentence of the simulated bank's page. */
export interface BankWords {
  lang: string
  title: string
  about: string
  tenant: string
  reference: string
  amount: string
  currency: string
  way: string
  ways: Record<Way, string>
  pay: string
  told: string
  taken: string
  notTaken: string
  none: string
}

const sr: BankWords = {
  lang: 'sr-Cyrl',
  title: 'Симулатор банке',
  about: 'Овде се новац не помера: банка само јавља да је уплата стигла.',
  tenant: 'Град (из адресе портала)',
  reference: 'Позив на број',
  amount: 'Износ',
  currency: 'Валута',
  way: 'Како се плаћа',
  ways: {
    exact: 'тачно', short: 'упола мање', over: 'десетину више', double: 'два пута', late: 'двадесет дана касније',
    'twice-told': 'једном, а јавља се два пута',
  },
  pay: 'Плати',
  told: 'Јављено',
  taken: 'примљено',
  notTaken: 'није примљено',
  none: 'Још ништа.',
}

/** By language; Serbian in Latin letters follows from the Cyrillic. */
export const bankWords: Readonly<Record<ReaderLanguage, BankWords>> = {
  'sr-Cyrl': sr,
  'sr-Latn': { ...(latinTexts({ ...sr }) as BankWords), lang: 'sr-Latn' },
  bg: {
    lang: 'bg',
    title: 'Симулатор на банка',
    about: 'Тук не се движат пари: банката само съобщава, че плащането е пристигнало.',
    tenant: 'Община (от адреса на портала)',
    reference: 'Основание за плащане',
    amount: 'Сума',
    currency: 'Валута',
    way: 'Как се плаща',
    ways: {
      exact: 'точно', short: 'наполовина', over: 'с една десета повече', double: 'два пъти', late: 'двадесет дни по-късно',
      'twice-told': 'веднъж, но съобщено два пъти',
    },
    pay: 'Плати',
    told: 'Съобщено',
    taken: 'прието',
    notTaken: 'не е прието',
    none: 'Още нищо.',
  },
  ro: {
    lang: 'ro',
    title: 'Simulator de bancă',
    about: 'Aici nu se mișcă bani: banca doar anunță că plata a sosit.',
    tenant: 'Orașul (din adresa portalului)',
    reference: 'Referința plății',
    amount: 'Suma',
    currency: 'Moneda',
    way: 'Cum se plătește',
    ways: {
      exact: 'exact', short: 'jumătate', over: 'cu o zecime mai mult', double: 'de două ori', late: 'cu douăzeci de zile mai târziu',
      'twice-told': 'o dată, dar anunțat de două ori',
    },
    pay: 'Plătește',
    told: 'Anunțat',
    taken: 'primit',
    notTaken: 'neprimit',
    none: 'Încă nimic.',
  },
  hu: {
    lang: 'hu',
    title: 'Bankszimulátor',
    about: 'Itt nem mozog pénz: a bank csak jelzi, hogy a befizetés megérkezett.',
    tenant: 'Város (a portál címéből)',
    reference: 'Hivatkozási szám',
    amount: 'Összeg',
    currency: 'Pénznem',
    way: 'A fizetés módja',
    ways: {
      exact: 'pontosan', short: 'a felét', over: 'tizedével többet', double: 'kétszer', late: 'húsz nappal később',
      'twice-told': 'egyszer, de kétszer jelezve',
    },
    pay: 'Fizetés',
    told: 'Jelzések',
    taken: 'átvéve',
    notTaken: 'nincs átvéve',
    none: 'Még semmi.',
  },
  en: {
    lang: 'en',
    title: 'Bank simulator',
    about: 'No money moves here: the bank only tells that a payment has arrived.',
    tenant: 'Town (from the portal’s address)',
    reference: 'Payment reference',
    amount: 'Amount',
    currency: 'Currency',
    way: 'How it is paid',
    ways: {
      exact: 'exactly', short: 'half of it', over: 'a tenth more', double: 'twice', late: 'twenty days later',
      'twice-told': 'once, but told twice',
    },
    pay: 'Pay',
    told: 'Told',
    taken: 'taken',
    notTaken: 'not taken',
    none: 'Nothing yet.',
  },
}
