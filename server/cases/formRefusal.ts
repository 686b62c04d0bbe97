import { Refusal } from '../base/errors.ts'
import type { FormFault } from '../rules/form/index.ts'

/** A form that cannot be taken as it is, with every fault of every field. Of the applicant's own data the key begins with `applicant.`. */
export class FormRefusal extends Refusal {
  constructor(readonly faults: readonly FormFault[]) {
    super('invalid', 'form-has-faults', { fields: faults.map((fault) => fault.key) })
  }
}

/** Throws a {@link FormRefusal} when a fault forbids going on; answers the faults that only warn. */
export function refuseFaults(faults: readonly FormFault[]): FormFault[] {
  if (faults.some((fault) => !fault.warning)) throw new FormRefusal(faults)
  return [...faults]
}
