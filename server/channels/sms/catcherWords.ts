import { toLatin } from '../../rules/scripts/index.ts'
import type { ReaderLanguage } from '../../base/readerOf.ts'
import type { CaughtSms, misbehavior } from './simulator.ts'

/** Every sentence of the page. */
export interface SmsCatcherWords {
  lang: string
  title: string
  about: string
  from: string
  states: Record<CaughtSms['state'], string>
  /** Gap: {n}. */
  parts: string
  empty: string
  forget: string
  switchOff: string
  switchOn: string
  isDown: string
  failing: string
  failingThen: string
  misbehavior: Record<(typeof misbehavior)[string], string>
}

const sr: SmsCatcherWords = {
  lang: 'sr-Cyrl',
  title: 'Послате СМС поруке',
  about: 'Ово је симулатор СМС-а: поруке стижу овде, а не на телефоне.',
  from: 'од',
  states: { sent: 'послата', delivered: 'уручена', failed: 'није уручена' },
  parts: 'делова: {n}',
  empty: 'Још нема порука.',
  forget: 'Обриши све',
  switchOff: 'Искључи пријем',
  switchOn: 'Укључи пријем',
  isDown: 'Пријем је искључен: поруке чекају код пошиљаоца.',
  failing: 'Бројеви са којима нешто не успева',
  failingThen: 'Одлучују последње четири цифре.',
  misbehavior: {
    refuse: 'број не постоји, порука се одбија',
    silent: 'симулатор не одговара',
    busy: 'симулатор је заузет (503)',
    undelivered: 'порука се прима, али не стиже',
    late: 'потврда стиже тек после десет минута',
  },
}

function inLatin(words: SmsCatcherWords): SmsCatcherWords {
  const rewrite = (value: unknown): unknown => typeof value === 'string'
    ? toLatin(value)
    : Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, rewrite(each)]))
  return { ...(rewrite(words) as SmsCatcherWords), lang: 'sr-Latn' }
}

/** By language; Serbian in Latin letters follows from the Cyrillic. */
export const catcherWords: Readonly<Record<ReaderLanguage, SmsCatcherWords>> = {
  'sr-Cyrl': sr,
  'sr-Latn': inLatin(sr),
  bg: {
    lang: 'bg',
    title: 'Изпратени SMS съобщения',
    about: 'Това е симулатор на SMS: съобщенията идват тук, а не на телефоните.',
    from: 'от',
    states: { sent: 'изпратено', delivered: 'доставено', failed: 'не е доставено' },
    parts: 'части: {n}',
    empty: 'Все още няма съобщения.',
    forget: 'Изтрий всички',
    switchOff: 'Спри приемането',
    switchOn: 'Пусни приемането',
    isDown: 'Приемането е спряно: съобщенията чакат при подателя.',
    failing: 'Номера, при които нещо не става',
    failingThen: 'Решават последните четири цифри.',
    misbehavior: {
      refuse: 'номерът не съществува, съобщението се отказва',
      silent: 'симулаторът не отговаря',
      busy: 'симулаторът е зает (503)',
      undelivered: 'съобщението се приема, но не пристига',
      late: 'потвърждението идва след десет минути',
    },
  },
  ro: {
    lang: 'ro',
    title: 'SMS-uri trimise',
    about: 'Acesta este un simulator de SMS: mesajele ajung aici, nu pe telefoane.',
    from: 'de la',
    states: { sent: 'trimis', delivered: 'livrat', failed: 'nelivrat' },
    parts: 'părți: {n}',
    empty: 'Nu există încă mesaje.',
    forget: 'Șterge tot',
    switchOff: 'Oprește primirea',
    switchOn: 'Pornește primirea',
    isDown: 'Primirea este oprită: mesajele așteaptă la expeditor.',
    failing: 'Numere cu care ceva nu reușește',
    failingThen: 'Hotărăsc ultimele patru cifre.',
    misbehavior: {
      refuse: 'numărul nu există, mesajul este refuzat',
      silent: 'simulatorul nu răspunde',
      busy: 'simulatorul este ocupat (503)',
      undelivered: 'mesajul este primit, dar nu ajunge',
      late: 'confirmarea vine abia după zece minute',
    },
  },
  hu: {
    lang: 'hu',
    title: 'Elküldött SMS-ek',
    about: 'Ez SMS-szimulátor: az üzenetek ide érkeznek, nem a telefonokra.',
    from: 'feladó',
    states: { sent: 'elküldve', delivered: 'kézbesítve', failed: 'nem kézbesítve' },
    parts: 'részek: {n}',
    empty: 'Még nincs üzenet.',
    forget: 'Mind törlése',
    switchOff: 'Fogadás leállítása',
    switchOn: 'Fogadás indítása',
    isDown: 'A fogadás áll: az üzenetek a feladónál várnak.',
    failing: 'Számok, amelyeknél valami nem sikerül',
    failingThen: 'Az utolsó négy számjegy dönt.',
    misbehavior: {
      refuse: 'a szám nem létezik, az üzenetet visszautasítja',
      silent: 'a szimulátor nem válaszol',
      busy: 'a szimulátor foglalt (503)',
      undelivered: 'az üzenetet átveszi, de nem érkezik meg',
      late: 'a visszaigazolás csak tíz perc múlva jön',
    },
  },
  en: {
    lang: 'en',
    title: 'Text messages sent',
    about: 'This is an SMS simulator: messages arrive here and not on telephones.',
    from: 'from',
    states: { sent: 'sent', delivered: 'delivered', failed: 'not delivered' },
    parts: 'parts: {n}',
    empty: 'No messages yet.',
    forget: 'Delete all',
    switchOff: 'Switch off',
    switchOn: 'Switch on',
    isDown: 'Switched off: messages wait at the sender.',
    failing: 'Numbers with which something fails',
    failingThen: 'The last four digits decide.',
    misbehavior: {
      refuse: 'no such number, the message is refused',
      silent: 'the simulator does not answer',
      busy: 'the simulator is busy (503)',
      undelivered: 'the message is taken but does not arrive',
      late: 'arrival is told only after ten minutes',
    },
  },
}
