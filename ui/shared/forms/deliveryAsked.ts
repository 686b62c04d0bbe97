import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { Answers } from '../../../server/http/contract/words.ts'

/** How the act comes, where the form of a petition asks it as `answerChannel`; undefined where it does not. */
export function deliveryAsked(answers: Answers): Applicant['delivery'] | undefined {
  const asked = answers['answerChannel']
  return asked === undefined ? undefined : asked === 'post' ? 'post' : 'electronic'
}
