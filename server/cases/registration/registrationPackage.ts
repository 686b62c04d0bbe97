import { refuse } from '../../base/errors.ts'
import type { Procedure } from '../../zeebe/packages.ts'
import type { Context, ShelvedPackage } from '../context.ts'
import { wordsOf } from '../words.ts'

/** A procedure that ends with an account. */
export interface RegistrationPackage extends ShelvedPackage {
  procedure: Procedure & { account: NonNullable<Procedure['account']> }
}

/** The procedure by which this town registers people. Refuses ('procedure-not-offered') where it has none. */
export function registrationPackage({ packages }: Pick<Context, 'packages'>): RegistrationPackage {
  return packages.offered().find(hasAccount) ?? refuse('not-found', 'procedure-not-offered')
}

function hasAccount(pack: ShelvedPackage): pack is RegistrationPackage {
  return pack.procedure.account !== undefined
}

/** The consent to electronic delivery as it is read out. */
export function consentWording(
  context: Pick<Context, 'packages' | 'tenant'>, language: string,
): { textVersion: string; text: string; legalBasis: string } {
  const pack = registrationPackage(context)
  const { account, startForm } = pack.procedure
  const words = wordsOf(pack, language, context.tenant.country)
  return {
    textVersion: account.consent,
    text: words.at(`forms.${startForm}.eDelivery.description`) ?? '',
    legalBasis: words.at('consent.basis') ?? '',
  }
}
