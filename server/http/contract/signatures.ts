import { z } from 'zod'
import { Instant } from './words.ts'

/** What was found about one electronic signature (ETSI EN 319 102-1). Words: `signatures.…` in the shared texts. */
export const ShownSignature = z.object({
  /** good: valid, and nobody else's. unsure: nobody can say so now. bad: not valid, or somebody else's. */
  verdict: z.enum(['good', 'unsure', 'bad']),
  indication: z.enum(['TOTAL-PASSED', 'TOTAL-FAILED', 'INDETERMINATE']),
  /** As the standard names it, e.g. `HASH_FAILURE`. */
  sub: z.string().nullable(),
  /** `signatures.reasons.<reason>`; null when it is good. */
  reason: z.string().nullable(),
  /** `signatures.remarks.<remark>`. */
  remarks: z.array(z.string()),
  /** Empty where the certificate names nobody. */
  signer: z.string(),
  issuer: z.string(),
  who: z.enum(['applicant', 'representative', 'other', 'same-name', 'unknown']),
  claimedAt: Instant.nullable(),
  provenAt: Instant.nullable(),
  revocation: z.enum(['good', 'revoked', 'suspended', 'unknown']),
  level: z.enum(['B', 'T', 'LT', 'LTA']),
})
export type ShownSignature = z.infer<typeof ShownSignature>

/** What was found about the signatures of a file when it came. */
export const ShownSignatures = z.object({
  kind: z.enum(['signed', 'unreadable', 'unchecked']),
  /** Whose authorities were believed. */
  trust: z.enum(['national', 'demo', 'none']),
  validatedAt: Instant,
  signatures: z.array(ShownSignature),
})
export type ShownSignatures = z.infer<typeof ShownSignatures>
