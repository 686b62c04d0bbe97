export type PhoneCountry = 'rs' | 'ba' | 'bg' | 'ro'
export type PhoneFault = 'not-a-phone' | 'not-a-mobile'
export type MobileNumber = { readonly ok: true; readonly e164: string } | { readonly ok: false; readonly fault: PhoneFault }

interface Plan {
  /** Country code of ITU-T E.164. */
  code: string
  /** A number without the leading zero, as it follows the country code. */
  national: RegExp
  /** Those of them that can take a text message. */
  mobile: RegExp
}

/** Numbering plans as the regulators (RATEL, RAK, КРС, ANCOM) publish them; the zero before a national number belongs to none of them. */
const plans: Readonly<Record<PhoneCountry, Plan>> = {
  rs: { code: '381', national: /^[1-9]\d{6,9}$/, mobile: /^6\d{7,8}$/ },
  ba: { code: '387', national: /^[3-7]\d{7,8}$/, mobile: /^6[0-7]\d{6,7}$/ },
  bg: { code: '359', national: /^[2-9]\d{6,8}$/, mobile: /^(8[789]\d|98\d|99\d)\d{6}$/ },
  ro: { code: '40', national: /^[237]\d{8}$/, mobile: /^7\d{8}$/ },
}

/**
 * A mobile number in the one form gateways take (E.164: +381641234567), whatever way a person of `country` has typed it:
 * "064/123-45-67", "00381 64 1234567", "+381 (0)64 123 4567". Of other countries only the length is known, so any number
 * in international form passes.
 */
export function mobileNumber(text: string, country: PhoneCountry): MobileNumber {
  const typed = text.replace(/\(0\)/g, '').replace(/[\s./()\-\u2010-\u2015]/g, '')
  if (!/^\+?\d+$/.test(typed)) return { ok: false, fault: 'not-a-phone' }
  const international = /^(?:\+|00)(\d+)$/.exec(typed)?.[1]
  if (international !== undefined) return ofTheWorld(international)
  const plan = plans[country]
  // People leave out the zero, or the plus; what fits a mobile number of the country is meant as one.
  if (typed.startsWith(plan.code) && plan.mobile.test(typed.slice(plan.code.length))) return { ok: true, e164: `+${typed}` }
  return ofThePlan(plan, typed.replace(/^0/, ''))
}

function ofTheWorld(digits: string): MobileNumber {
  const plan = Object.values(plans).find(({ code }) => digits.startsWith(code))
  if (plan) return ofThePlan(plan, digits.slice(plan.code.length))
  // E.164: fifteen digits at most, and no country code begins with a zero.
  return /^[1-9]\d{7,14}$/.test(digits) ? { ok: true, e164: `+${digits}` } : { ok: false, fault: 'not-a-phone' }
}

function ofThePlan({ code, national, mobile }: Plan, digits: string): MobileNumber {
  if (mobile.test(digits)) return { ok: true, e164: `+${code}${digits}` }
  return { ok: false, fault: national.test(digits) ? 'not-a-mobile' : 'not-a-phone' }
}
