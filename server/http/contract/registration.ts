/**
 * Registering a citizen at the counter, and the activation of the account by the citizen.
 *
 *     POST /api/{tenant}/counter/registrations/check            CheckCitizen    → CheckedCitizen       right citizen.register
 *     POST /api/{tenant}/counter/registrations                  RegisterCitizen → RegistrationSlip     right citizen.register
 *     GET  /api/{tenant}/counter/registrations/{caseId}         ?language=      → Registration         right citizen.register
 *     GET  /api/{tenant}/counter/registrations/{caseId}/slip    ?language=      → RegistrationSlip     right citizen.register
 *     POST /api/{tenant}/counter/registrations/{caseId}/resend  ResendActivation → Registration        right citizen.register
 *     POST /api/{tenant}/counter/registrations/{caseId}/cancel  CancelRegistration → Registration      right citizen.register
 *     POST /api/{tenant}/counter/people/{personId}/confirm      ConfirmIdentity → ConfirmedIdentity    right citizen.confirm
 *
 *     GET  /api/{tenant}/registration                           ?language=      → ConsentWording       anybody
 *     POST /api/{tenant}/activation/look                        LookAtLink      → ActivationLink       anybody with the link, rate-limited
 *     POST /api/{tenant}/activation                             ActivateAccount → ActivatedAccount     anybody with link and code, rate-limited
 *     POST /api/{tenant}/activation/again                       LookAtLink      → 204                  anybody with the link, rate-limited
 *     POST /api/{tenant}/activation/decline                     DeclineAccount  → 204                  anybody with link and code, rate-limited
 *
 * Refusals: account-exists (facts.of: `person` or `address`), registration-under-way (facts.caseId), similar-people (facts.people:
 * ids; answer `samePersonId` or `isAnother`), number-of-another, registration-over (confirmed, given up or run out), too-many-letters
 * (sent too often, or the first is only leaving), link-unknown, link-expired, number-or-code-wrong, password-refused, and
 * form-has-faults with `faults` by field of RegisterCitizen, among them bornOn: too-young (facts.min), document.validUntil:
 * date-passed, eDelivery: other-wording.
 */
import { z } from 'zod'
import { Day, FieldFault, Id, Instant, Language } from './words.ts'

/** What the number is: JMBG, ЕГН or ЛНЧ, CNP by the town's country, or the number of a passport where the person has none. */
export const numberKinds = ['personal-number', 'passport'] as const
export const NumberKind = z.enum(numberKinds)
export type NumberKind = z.infer<typeof NumberKind>

export const documentKinds = ['identity-card', 'passport', 'residence-permit'] as const
export const DocumentKind = z.enum(documentKinds)
export type DocumentKind = z.infer<typeof DocumentKind>

/** By what the person wants to be told that something has come. */
export const noticeChannels = ['email', 'sms', 'viber'] as const
export const NoticeChannel = z.enum(noticeChannels)
export type NoticeChannel = z.infer<typeof NoticeChannel>

/** Below this age nobody gets an account of their own, in years. */
export const registrationAge = 16

/** POST …/counter/registrations/check — asked while the clerk types; whatever is not known yet is left out. */
export const CheckCitizen = z.object({
  numberKind: NumberKind.default('personal-number'),
  number: z.string().trim().max(20).default(''),
  givenName: z.string().trim().max(100).default(''),
  familyName: z.string().trim().max(150).default(''),
  bornOn: Day.optional(),
  email: z.string().trim().max(200).default(''),
})
export type CheckCitizen = z.input<typeof CheckCitizen>

/** Somebody the town knows who may be the one at the counter. The number itself is never told. */
export const SimilarPerson = z.object({
  personId: Id,
  givenName: z.string(),
  familyName: z.string(),
  bornOn: Day.nullable(),
  numberMask: z.string(),
  /** Whether it is the same number; else only name and birth date are alike. */
  sameNumber: z.boolean(),
  hasAccount: z.boolean(),
})
export type SimilarPerson = z.infer<typeof SimilarPerson>

export const CheckedCitizen = z.object({
  /** Faults and warnings by field: `number`, `email`. A bad check digit only warns: old registers hold wrong numbers. */
  faults: z.array(FieldFault),
  /** As the number tells; null when it does not. */
  bornOn: Day.nullable(),
  sex: z.enum(['female', 'male']).nullable(),
  /** In whole years today, from the number or else from the birth date given. */
  age: z.number().int().nullable(),
  oldEnough: z.boolean().nullable(),
  /** What forbids the registration: the person, or the e-mail address, has an account already. */
  account: z.enum(['none', 'of-this-person', 'of-this-address', 'registration-under-way']),
  similar: z.array(SimilarPerson).max(5),
})
export type CheckedCitizen = z.infer<typeof CheckedCitizen>

/** POST …/counter/registrations. The same `clientKey` twice answers the same slip. */
export const RegisterCitizen = z.object({
  clientKey: Id,
  numberKind: NumberKind,
  number: z.string().trim().min(1).max(20),
  /** In the script of the document. */
  givenName: z.string().trim().min(1).max(100),
  familyName: z.string().trim().min(1).max(150),
  bornOn: Day,
  /** Also the user name. */
  email: z.string().trim().min(1).max(200),
  phone: z.string().trim().max(40).default(''),
  residence: z.string().trim().max(300).default(''),
  document: z.object({ kind: DocumentKind, number: z.string().trim().min(1).max(30), validUntil: Day }),
  /** Language and, for Serbian, script of what the town writes. */
  language: Language,
  /** Consent to electronic delivery, read out to the person: which wording, and whether they said yes. */
  eDelivery: z.object({ given: z.boolean(), textVersion: z.string().min(1).max(40) }),
  notices: z.array(NoticeChannel).max(noticeChannels.length).default(['email']),
  /** The clerk's answer to similar people: it is this one … */
  samePersonId: Id.optional(),
  /** … or it is somebody else. */
  isAnother: z.boolean().default(false),
})
export type RegisterCitizen = z.input<typeof RegisterCitizen>

/** Where a registration stands. `to-check`: of the portal, an officer looks at the papers first. */
export const registrationStates = ['to-check', 'starting', 'waiting', 'active', 'refused', 'duplicate', 'cancelled', 'expired'] as const
export const RegistrationState = z.enum(registrationStates)
export type RegistrationState = z.infer<typeof RegistrationState>

/** GET …/counter/registrations/{caseId} */
export const Registration = z.object({
  caseId: Id,
  number: z.string(),
  personId: Id,
  name: z.string(),
  email: z.string(),
  state: RegistrationState,
  /** Until when the link in the mail works; null while none was sent. */
  linkWorksUntil: Instant.nullable(),
  linksSent: z.number().int(),
  mayResend: z.boolean(),
  mayCancel: z.boolean(),
})
export type Registration = z.infer<typeof Registration>

/** What is printed for the person; all words are in their language. */
export const RegistrationSlip = z.object({
  caseId: Id,
  number: z.string(),
  town: z.string(),
  unit: z.string(),
  printedAt: Instant,
  language: Language,
  /** Heading. */
  title: z.string(),
  name: z.string(),
  email: z.string(),
  /** 8 Crockford characters in two groups, `4F7K 2MQX`. Works only together with the link in the mail. */
  activationCode: z.string(),
  codeLabel: z.string(),
  /** What the QR code holds: an address of this portal that carries the code behind `#`, so that no server reads it. */
  qr: z.string(),
  /** Numbered steps, in order. */
  steps: z.array(z.string()),
  /** What was agreed about electronic delivery, and the number of the case with its access code for the telephone. */
  notes: z.array(z.string()),
  /** 10 Crockford characters in two groups: shows where the case stands, without an account. */
  accessCode: z.string(),
  state: RegistrationState,
})
export type RegistrationSlip = z.infer<typeof RegistrationSlip>

/** POST …/resend — a new link, to the same address or to the right one; the earlier link stops working. */
export const ResendActivation = z.object({ email: z.string().trim().max(200).optional() })
export type ResendActivation = z.infer<typeof ResendActivation>

/** POST …/cancel — the person does not want it, or something was mistyped. */
export const CancelRegistration = z.object({ reason: z.string().trim().min(1).max(300) })
export type CancelRegistration = z.infer<typeof CancelRegistration>

/** POST …/counter/people/{personId}/confirm — the clerk has seen the person and the document. */
export const ConfirmIdentity = z.object({
  numberKind: NumberKind,
  number: z.string().trim().min(1).max(20),
  document: z.object({
    kind: DocumentKind,
    /** The last four characters of the document's number; more is not kept. */
    lastDigits: z.string().trim().min(2).max(4),
    validUntil: Day,
  }),
})
export type ConfirmIdentity = z.infer<typeof ConfirmIdentity>
export const ConfirmedIdentity = z.object({ personId: Id, numberMask: z.string(), confirmedAt: Instant })
export type ConfirmedIdentity = z.infer<typeof ConfirmedIdentity>

/** GET …/registration — the consent as it is read out, and its version. */
export const ConsentWording = z.object({ textVersion: z.string(), text: z.string(), legalBasis: z.string() })
export type ConsentWording = z.infer<typeof ConsentWording>

/** The link of the mail carries its token behind `#`, so that it stays out of every log. */
export const LookAtLink = z.object({ token: z.string().min(20).max(100) })
export type LookAtLink = z.infer<typeof LookAtLink>

/** What a link is for. The name is told in full only with the code. */
export const ActivationLink = z.object({
  state: z.enum(['ready', 'expired', 'used', 'over']),
  town: z.string(),
  /** Given name and the first letter of the family name. */
  name: z.string(),
  worksUntil: Instant,
  /** Which code is asked for: of the slip, or of the receipt of a request made on the portal. */
  code: z.enum(['slip', 'receipt']),
  mayAskAgain: z.boolean(),
})
export type ActivationLink = z.infer<typeof ActivationLink>

export const ActivateAccount = LookAtLink.extend({ code: z.string().trim().min(1).max(20), password: z.string().min(1).max(200) })
export type ActivateAccount = z.infer<typeof ActivateAccount>
export const DeclineAccount = ActivateAccount.omit({ password: true })
export type DeclineAccount = z.infer<typeof DeclineAccount>
export const ActivatedAccount = z.object({ userName: z.string() })
export type ActivatedAccount = z.infer<typeof ActivatedAccount>
