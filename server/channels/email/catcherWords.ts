import { toLatin } from '../../rules/scripts/index.ts'

/** Every sentence of the catcher's pages. */
export interface CatcherWords {
  lang: string
  title: string
  about: string
  when: string
  from: string
  to: string
  subject: string
  noSubject: string
  attachments: string
  empty: string
  back: string
  gone: string
  forget: string
  switchOff: string
  switchOn: string
  isDown: string
}

const sr: CatcherWords = {
  lang: 'sr-Cyrl',
  title: 'Послате поруке',
  about: 'Ово је симулатор поште: поруке стижу овде, а не примаоцима.',
  when: 'Када',
  from: 'Од',
  to: 'За',
  subject: 'Наслов',
  noSubject: 'без наслова',
  attachments: 'Прилози',
  empty: 'Још нема порука.',
  back: 'Све поруке',
  gone: 'Ове поруке нема',
  forget: 'Обриши све',
  switchOff: 'Искључи пријем',
  switchOn: 'Укључи пријем',
  isDown: 'Пријем је искључен: поруке чекају код пошиљаоца.',
}

function inLatin(words: CatcherWords): CatcherWords {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, toLatin(text)])) as unknown as CatcherWords
}

/** By language; Serbian in Latin letters follows from the Cyrillic. */
export const catcherWords = {
  'sr-Cyrl': sr,
  'sr-Latn': { ...inLatin(sr), lang: 'sr-Latn' },
  bg: {
    lang: 'bg',
    title: 'Изпратени съобщения',
    about: 'Това е симулатор на поща: съобщенията идват тук, а не при получателите.',
    when: 'Кога',
    from: 'От',
    to: 'До',
    subject: 'Тема',
    noSubject: 'без тема',
    attachments: 'Приложения',
    empty: 'Все още няма съобщения.',
    back: 'Всички съобщения',
    gone: 'Няма такова съобщение',
    forget: 'Изтрий всички',
    switchOff: 'Спри приемането',
    switchOn: 'Пусни приемането',
    isDown: 'Приемането е спряно: съобщенията чакат при подателя.',
  },
  ro: {
    lang: 'ro',
    title: 'Mesaje trimise',
    about: 'Acesta este un simulator de poștă: mesajele ajung aici, nu la destinatari.',
    when: 'Când',
    from: 'De la',
    to: 'Către',
    subject: 'Subiect',
    noSubject: 'fără subiect',
    attachments: 'Atașamente',
    empty: 'Nu există încă mesaje.',
    back: 'Toate mesajele',
    gone: 'Acest mesaj nu există',
    forget: 'Șterge tot',
    switchOff: 'Oprește primirea',
    switchOn: 'Pornește primirea',
    isDown: 'Primirea este oprită: mesajele așteaptă la expeditor.',
  },
  hu: {
    lang: 'hu',
    title: 'Elküldött üzenetek',
    about: 'Ez levelezésszimulátor: az üzenetek ide érkeznek, nem a címzettekhez.',
    when: 'Mikor',
    from: 'Feladó',
    to: 'Címzett',
    subject: 'Tárgy',
    noSubject: 'tárgy nélkül',
    attachments: 'Mellékletek',
    empty: 'Még nincs üzenet.',
    back: 'Minden üzenet',
    gone: 'Nincs ilyen üzenet',
    forget: 'Mind törlése',
    switchOff: 'Fogadás leállítása',
    switchOn: 'Fogadás indítása',
    isDown: 'A fogadás áll: az üzenetek a feladónál várnak.',
  },
  en: {
    lang: 'en',
    title: 'Messages sent',
    about: 'This is a mail simulator: messages arrive here and not at their recipients.',
    when: 'When',
    from: 'From',
    to: 'To',
    subject: 'Subject',
    noSubject: 'no subject',
    attachments: 'Attachments',
    empty: 'No messages yet.',
    back: 'All messages',
    gone: 'There is no such message',
    forget: 'Delete all',
    switchOff: 'Switch off',
    switchOn: 'Switch on',
    isDown: 'Switched off: messages wait at the sender.',
  },
} satisfies Record<string, CatcherWords>
