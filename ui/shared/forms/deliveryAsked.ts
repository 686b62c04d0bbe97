import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { Answers } from '../../../server/http/contract/words.ts'

/** How the act comes, where the form asks it: of a petition as `answerChannel`, of an account as `eDelivery`; else undefined. */
export function deliveryAsked(answers: Answers): Applicant['delivery'] | undefined {
  const agreed = answers['eDelivery']
  if (agreed !== undefined) return agreed === 'yes' ? 'electronic' : 'pick-up'
  const asked = answers['answerChannel']
  return asked === undefined ? undefined : asked === 'post' ? 'post' : 'electronic'
}
