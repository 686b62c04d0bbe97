// Serbian and Bulgarian share the alphabet but not its Latin form, and a name does not say whose it is. So the key is coarse:
// ж ш ч ц lose what tells ž from zh, and the Latin pairs of the Bulgarian law (2009) are folded to the same letter.
const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'dj', е: 'e', ж: 'z', з: 'z', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm',
  н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'c', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'c', џ: 'dz', ш: 's',
  й: 'y', щ: 'st', ъ: 'a', ь: 'y', ю: 'yu', я: 'ya', ѝ: 'i', ы: 'y', э: 'e', ё: 'e',
  đ: 'dj', ð: 'd', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i',
}

const pairs: Readonly<Record<string, string>> = { sht: 'st', zh: 'z', sh: 's', ch: 'c', ts: 'c' }

/**
 * The key under which names and words are stored for search and looked up: one for all scripts, marks and habits.
 * Đorđe = Djordje = Ђорђе; Șerban = Şerban = Serban; Őze = Oze; Желязков = Zhelyazkov. Small letters, digits and single spaces.
 * Coarse by intent: it may find more than was meant, never less.
 */
export function searchKey(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    // The law writes a final -ия as -ia: София, Sofia.
    .replace(/ия(?![\u0400-\u04ff])/g, 'ia')
    .replace(/[\u0400-\u04ffđðłøßæœı]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  return foldPairs(plain)
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
}

/** Folds until nothing is left to fold, so that a key is its own key. */
function foldPairs(text: string): string {
  const folded = text.replace(/sht|zh|sh|ch|ts/g, (pair) => pairs[pair]!)
  return folded === text ? text : foldPairs(folded)
}
