import type { ShelvedPackage } from '../../cases/context.ts'
import type { CaseDocument } from '../../cases/document.ts'
import type { Words } from '../../cases/words.ts'
import type { CaseDocument as DocumentReply } from '../contract/cases.ts'
import type { UploadedFile } from '../contract/drafts.ts'
import { showSignatures } from './showSignatures.ts'

/** A paper of a case. An act is named by its letter in the reader's language, an upload by its file. */
export function showDocument(document: CaseDocument, pack: ShelvedPackage, words: Words): DocumentReply {
  const letter = document.letter === null ? undefined : pack.procedure.letters[document.letter]
  return {
    id: document.id,
    kind: document.kind,
    title: (letter && words.at(letter.title)) ?? document.title,
    number: document.number,
    fileName: document.fileName,
    mediaType: document.mediaType,
    sizeBytes: document.sizeBytes,
    createdAt: document.createdAt.toISOString(),
    verifyCode: document.verifyCode,
    signatures: showSignatures(document.signatures),
  }
}

/** A file of a draft. */
export function showUpload(document: CaseDocument): UploadedFile {
  return {
    id: document.id,
    field: document.field ?? '',
    name: document.fileName,
    mediaType: document.mediaType,
    sizeBytes: document.sizeBytes,
    signatures: showSignatures(document.signatures),
  }
}
