import { expect, test } from 'vitest'
import { mobileNumber, type PhoneCountry } from '../../../server/rules/phones/mobileNumber.ts'

test.each<[string, PhoneCountry, string]>([
  ['064 123 4567', 'rs', '+381641234567'],
  ['064/123-45-67', 'rs', '+381641234567'],
  ['+381 (0)64 123 4567', 'rs', '+381641234567'],
  ['00381 64 1234567', 'rs', '+381641234567'],
  ['381641234567', 'rs', '+381641234567'],
  ['64 123 4567', 'rs', '+381641234567'],
  ['060 111 000', 'rs', '+38160111000'],
  ['063\u00a0123\u2011456', 'rs', '+38163123456'],
  ['065 123 456', 'ba', '+38765123456'],
  ['0888 123 456', 'bg', '+359888123456'],
  ['0988 123 456', 'bg', '+359988123456'],
  ['0740 123 456', 'ro', '+40740123456'],
  ['+40 740 123 456', 'rs', '+40740123456'],
  ['+36 30 123 4567', 'rs', '+36301234567'],
])('%s of %s is written to as %s', (typed, country, e164) => {
  expect(mobileNumber(typed, country)).toEqual({ ok: true, e164 })
})

test.each<[string, PhoneCountry, string]>([
  ['025 412 345', 'rs', 'not-a-mobile'],
  ['+381 11 123 4567', 'bg', 'not-a-mobile'],
  ['042 123 456', 'bg', 'not-a-mobile'],
  ['0255 123 456', 'ro', 'not-a-mobile'],
  ['051 123 456', 'ba', 'not-a-mobile'],
  ['064 123', 'rs', 'not-a-phone'],
  ['0640 123 456 789 0', 'ro', 'not-a-phone'],
  ['moj telefon', 'rs', 'not-a-phone'],
  ['', 'rs', 'not-a-phone'],
  ['+0 123 456 789', 'rs', 'not-a-phone'],
])('%s of %s is told as %s', (typed, country, fault) => {
  expect(mobileNumber(typed, country)).toEqual({ ok: false, fault })
})
