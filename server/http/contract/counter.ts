import { z } from 'zod'
import { FileCase } from './cases.ts'
import { Id } from './words.ts'

/**
 * POST /api/{tenant}/counter/cases — a clerk files for the person at the counter, who is the applicant; answers a Receipt in
 * `language`, the person's. `knownPersonId`: one the town knows; the names typed then say nothing, and the contact given is kept anew.
 */
export const FileAtCounter = FileCase.extend({ knownPersonId: Id.optional() })
export type FileAtCounter = z.infer<typeof FileAtCounter>
