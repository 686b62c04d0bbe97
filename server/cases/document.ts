import type { KeptSignatures } from './signatures/keptSignatures.ts'

/** A paper of a case or of a draft: handed in, or made by the town. */
export interface CaseDocument {
  id: string
  caseId: string | null
  draftId: string | null
  /** Of the mandate whose proof it is. */
  mandateId?: string | null
  kind: 'upload' | 'receipt' | 'act'
  title: string
  /** The form field it answers, or `documents.<id>` of the procedure. */
  field: string | null
  /** An act's own number. */
  number: string | null
  /** Which letter of the procedure an act is. */
  letter: string | null
  /** Public code that proves an act genuine. */
  verifyCode: string | null
  forCitizen: boolean
  createdAt: Date
  /** Of its newest version. */
  fileName: string
  mediaType: string
  sizeBytes: number
  /** Hex. */
  sha256: string
  storageKey: string
  /** What was found about its signatures when it came; null: it has none. */
  signatures: KeptSignatures | null
}

/** What may be uploaded, told in the procedure's page and checked at the door. */
export const uploadLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxFiles: 10,
  /** Real type → endings a file's name may have. */
  mediaTypes: {
    'application/pdf': ['pdf'],
    'image/jpeg': ['jpg', 'jpeg'],
    'image/png': ['png'],
    // A signature beside a file, or around one (RFC 8551).
    'application/pkcs7-signature': ['p7s'],
    'application/pkcs7-mime': ['p7m'],
  } as Readonly<Record<string, readonly string[]>>,
} as const

/** Whether the file is itself a signature, beside a paper or around one. */
export const isSignatureFile = (mediaType: string): boolean =>
  mediaType === 'application/pkcs7-signature' || mediaType === 'application/pkcs7-mime'
