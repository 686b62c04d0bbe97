import type { SignatureReport } from './report.ts'

/** A file that may be signed. */
export interface FileToValidate {
  /** `pdf`: signatures within it. `cms`: itself a signature, around a file or beside one. */
  kind: 'pdf' | 'cms'
  bytes: Uint8Array
  /** For a signature beside a file: that file. */
  beside?: Uint8Array
}

/** Says what a file's signatures are worth. Throws an Outage when it cannot say so now. */
export interface SignatureValidator {
  /** Whose authorities are believed: a country's, or those invented for the demo. */
  readonly trust: 'national' | 'demo' | 'none'
  validate(file: FileToValidate): Promise<SignatureReport>
}
