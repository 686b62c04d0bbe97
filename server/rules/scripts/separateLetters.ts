// Where two letters that usually make one Cyrillic letter stay apart: a prefix before ž, and loans from Latin.
// The bar marks the seam. Each entry stands for all words that begin so, with the beginnings below before them.
const stems = [
  'nad|živ', 'nad|žanj', 'nad|žet', 'nad|žnj', 'nad|žup', 'nad|žandar', 'nad|ždr',
  'od|žal', 'od|živ', 'od|žvak', 'od|ždr',
  'pod|žanr', 'pod|žar', 'pod|žeg', 'pod|žup', 'pod|žiž',
  'pred|život', 'pred|živ', 'pred|žetv',
  'in|jek', 'in|jic', 'in|junk', 'in|jur',
  'kon|jug', 'kon|junk', 'kon|jekt', 'kon|jic',
  'tan|jug', 'van|jezič', 'an|jon',
]
const beginnings = ['', 'ne', 'na', 'po', 'pre', 'iz', 'za', 're', 'dis', 'sub', 'auto', 'samo']

// "konjic" is also the little horse: only the town and the animal keep the joined letter.
const joinedWords = new Set(['konjic', 'konjica', 'konjici', 'konjice', 'konjicu', 'konjicom', 'konjički', 'konjička'])

const seams = new Map(
  beginnings.flatMap((beginning) =>
    stems.map((stem): [string, number] => [beginning + stem.replace('|', ''), beginning.length + stem.indexOf('|') - 1]),
  ),
)

/** Positions in a small-letter word of the first letter of each pair that stays two Cyrillic letters. */
export function separateLetters(word: string): ReadonlySet<number> {
  const found = new Set<number>()
  if (joinedWords.has(word)) return found
  for (const [start, at] of seams) if (word.startsWith(start)) found.add(at)
  return found
}
