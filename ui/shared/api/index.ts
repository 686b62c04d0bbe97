export { ApiError, OfflineError } from './faults.ts'
export { caller } from './send.ts'
export { endSignIn, fetchMe, fetchSignIns, fetchTown, fetchTowns, signOut, signOutEverywhere } from './town.ts'
export { fetchCatalogue, fetchFee, fetchProcedure, fetchStartForm } from './catalogue.ts'
export { documentAddress, fetchCase, fetchMyCases, fetchVerification, fileCase, openByCode, receiptAddress, showNumber } from './cases.ts'
export { deleteDraft, deleteFile, fetchDraft, fetchNewestDraft, saveDraft, uploadFile } from './drafts.ts'
export { claimTask, completeTask, fetchTask, fetchTasks, inboxEventsAddress, releaseTask, saveTaskDraft } from './tasks.ts'
export type { CompletedTask, SavedTaskDraft, TaskListName, TaskQuestion } from './tasks.ts'
export { activateAccount, askForLink, declineAccount, lookAtLink } from './registration.ts'
export { fetchRights } from './rights.ts'
export { checkAudit, discardStalled, fetchOperation, resolveIncident, retryJob, sendAgain } from './operation.ts'
export {
  addTown, changeSettings, changeStaff, emblemAddress, fetchCustoms, fetchSettings, fetchStaff, inviteStaff, makeTraining, putEmblem,
} from './towns.ts'
export {
  cancelRegistration, checkCitizen, fetchConsent, fetchRegistration, fetchSlip, fileAtCounter, registerCitizen, resendActivation,
} from './counter.ts'
export {
  addNote, fetchComparison, fetchDoubles, fetchMyMerges, fetchPerson, findPeople, mergePeople, undoMerge,
} from './people.ts'
