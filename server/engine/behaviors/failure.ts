/** Kinds of incidents, as Zeebe names them. */
export type IncidentType =
  | 'IO_MAPPING_ERROR' | 'JOB_NO_RETRIES' | 'CONDITION_ERROR' | 'EXTRACT_VALUE_ERROR' | 'CALLED_ELEMENT_ERROR' | 'UNHANDLED_ERROR_EVENT'
  | 'MESSAGE_SIZE_EXCEEDED' | 'CALLED_DECISION_ERROR' | 'DECISION_EVALUATION_ERROR' | 'FORM_NOT_FOUND' | 'UNKNOWN'

/** What an element answers when it cannot go on. The loop makes an incident of it, which a person can mend and resolve. */
export class Failure {
  constructor(
    readonly type: IncidentType,
    readonly message: string,
  ) {}
}
