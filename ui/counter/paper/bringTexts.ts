import type { InjectionKey } from 'vue'
import type { Language } from '../../../server/http/contract/words.ts'

/** Loads the words of a language beside the one the clerk reads. */
export const bringTexts: InjectionKey<(language: Language) => Promise<void>> = Symbol('bringTexts')
