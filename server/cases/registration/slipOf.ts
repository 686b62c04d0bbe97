import { inGroups, accessCodeOf } from '../accessCode.ts'
import type { Context } from '../context.ts'
import { fillGaps, paperWords } from '../letters/paperWords.ts'
import { townWords } from '../letters/townWords.ts'
import { nameOf } from '../person.ts'
import { wordsOf } from '../words.ts'
import { activationCodeOf, inFours } from './activationCode.ts'
import type { RegistrationFile } from './readRegistration.ts'
import type { RegistrationState } from './registration.ts'

/** What is printed for the person who was registered, in their language. */
export interface Slip {
  caseId: string
  number: string
  town: string
  unit: string
  printedAt: string
  language: string
  title: string
  name: string
  email: string
  activationCode: string
  codeLabel: string
  qr: string
  steps: string[]
  notes: string[]
  accessCode: string
  state: RegistrationState
}

/** The slip of a registration. Both codes are computed, so it can be printed again. */
export async function slipOf(context: Context, file: RegistrationFile): Promise<Slip> {
  const { clock, keys, packages, publicUrl, tenant } = context
  const { case: case_, person, registration } = file
  const { language } = case_
  const { slip } = paperWords(language)
  const town = townWords(tenant, language)
  const activationCode = inFours(activationCodeOf(keys, tenant.id, case_.id))
  const accessCode = inGroups(accessCodeOf(keys, tenant.id, case_.clientKey))
  const pack = await packages.version(case_.procedure, case_.packageVersion)
  const words = wordsOf(pack, language, tenant.country)
  const gaps = { email: registration.email, code: activationCode, number: case_.number, accessCode, phone: tenant.contact.phone }
  const consent = case_.answers.eDelivery === 'yes' ? slip.agreed : slip.notAgreed
  return {
    caseId: case_.id,
    number: case_.number,
    town: town.name,
    unit: town.unitName(case_.unitId),
    printedAt: new Date(clock.now()).toISOString(),
    language,
    title: slip.title,
    name: nameOf({ ...person, language }),
    email: registration.email,
    activationCode,
    codeLabel: slip.code,
    // Behind #: the code is read by the page and by no server.
    qr: `${publicUrl}/${tenant.id}/activate#code=${activationCode.replace(' ', '')}`,
    steps: slip.steps.map((step) => fillGaps(step, gaps)),
    notes: [fillGaps(consent, { basis: words.at('consent.basis') ?? '' }), fillGaps(slip.follow, gaps), fillGaps(slip.help, gaps)],
    accessCode,
    state: file.state,
  }
}
