/** A person or company as the town knows them. The number itself is never kept, only its keyed hash and its mask. */
export interface Person {
  id: string
  kind: 'person' | 'company'
  givenName: string
  /** The family name, or the whole name of a company. */
  familyName: string
  /** `yyyy-mm-dd`, where a proven number or a paper has told it. */
  bornOn: string | null
  /** Dots and the last three digits; empty when no number was given. */
  numberMask: string
  email: string | null
  phone: string | null
  address: string | null
  /** One of the six languages. */
  language: string
}

/** The name as lists show it: family name first where that is the custom. */
export function nameOf(person: Pick<Person, 'givenName' | 'familyName' | 'language'>): string {
  const { givenName, familyName, language } = person
  return (language === 'hu' ? [familyName, givenName] : [givenName, familyName]).filter(Boolean).join(' ')
}
