import { useI18n } from 'vue-i18n'
import type { ShownSignatures } from '../../../server/http/contract/signatures.ts'
import { signaturesInWords, type SignatureWords } from './signatureWords.ts'
import { useWords } from './useWords.ts'

/** Puts reports about signatures into the words of the page's language. */
export function useSignatureWords(): (found: ShownSignatures | null) => SignatureWords[] {
  const { t } = useI18n()
  const { moment } = useWords()
  return (found) => signaturesInWords(found, { t: (key, facts) => t(key, facts ?? {}), moment })
}
