/** Signatures of citizens on the papers they send: one validator, ours, and its outage twin. */
export { outageValidator } from './outage.ts'
export { ourValidator } from './ourValidator.ts'
export { reasons, remarks, type Reason, type Remark, type SignatureFinding, type SignatureReport } from './report.ts'
export type { FileToValidate, SignatureValidator } from './signatureValidator.ts'
export { readTrust } from './readTrust.ts'
export { revocationDesk, type Fetch } from './trust/revocationDesk.ts'
