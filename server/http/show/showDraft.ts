import type { DraftWithFiles } from '../../cases/saveDraft.ts'
import type { Draft } from '../contract/drafts.ts'
import { showUpload } from './showDocument.ts'

/** A request not yet sent, for its owner. */
export function showDraft({ draft, files }: DraftWithFiles): Draft {
  return {
    id: draft.id,
    procedure: draft.procedure,
    answers: draft.answers,
    applicant: draft.applicant,
    page: draft.page,
    savedAt: draft.changedAt.toISOString(),
    files: files.map(showUpload),
  }
}
