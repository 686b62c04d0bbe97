export { ApiError, OfflineError } from './faults.ts'
export { caller } from './send.ts'
export { chooseNotices, endSignIn, fetchMe, fetchSignIns, fetchTown, fetchTowns, signOut, signOutEverywhere } from './town.ts'
export { fetchCatalogue, fetchFee, fetchProcedure, fetchStartForm } from './catalogue.ts'
export {
  documentAddress, fetchCase, fetchMyCases, fetchVerification, fileCase, openByCode, receiptAddress, recordProof, showNumber,
} from './cases.ts'
export { deleteDraft, deleteFile, fetchDraft, fetchNewestDraft, saveDraft, uploadFile } from './drafts.ts'
export { claimTask, completeTask, fetchTask, fetchTasks, inboxEventsAddress, releaseTask, saveTaskDraft } from './tasks.ts'
export type { CompletedTask, SavedTaskDraft, TaskListName, TaskQuestion } from './tasks.ts'
export { fetchRights } from './rights.ts'
export { checkAudit, discardStalled, fetchOperation, resolveIncident, retryJob, sendAgain } from './operation.ts'
export {
  addTown, changeSettings, changeStaff, emblemAddress, fetchCustoms, fetchSettings, fetchStaff, inviteStaff, makeTraining, putEmblem,
} from './towns.ts'
