// Закон за транслитерацията (ДВ, бр. 19 от 2009), чл. 3 и 5.
const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht', ъ: 'a', ь: 'y', ю: 'yu', я: 'ya',
}

/**
 * Bulgarian names in Latin letters as the law on transliteration writes them: Стара Загора → Stara Zagora, Щърбаново → Shtarbanovo.
 * A final -ия becomes -ia (art. 5: София → Sofia). What is no Bulgarian letter stays as it is.
 */
export function bulgarianToLatin(text: string): string {
  const ending = text.replace(/ия(?![\p{L}])/gu, 'иa').replace(/ИЯ(?![\p{L}])/gu, 'ИA')
  return ending.replace(/[\u0400-\u04ff]/g, (letter, at: number) => {
    const small = letter.toLowerCase()
    const latin = letters[small]
    if (latin === undefined) return letter
    if (letter === small) return latin
    const next = ending[at + 1] ?? ''
    const isShouted = latin.length > 1 && /\p{Lu}/u.test(next)
    return isShouted ? latin.toUpperCase() : latin[0]!.toUpperCase() + latin.slice(1)
  })
}
