/** Our verdicts beside those of EU DSS 6.2 over the same files, authorities and moment (`reference/README.md`). */
import { expect, test } from 'vitest'
import { dssDefaultPolicy, townPolicy } from '../../../server/outside/signatures/policy.ts'
import { reasons } from '../../../server/outside/signatures/report.ts'
import { keptWorld } from './world.ts'

const world = await keptWorld()
const policies = [['byDefault', dssDefaultPolicy], ['asTheTown', townPolicy]] as const

for (const [name, policy] of policies) {
  const validator = world.validator({ policy })

  test.each(world.files)(`${name}, $file: $what`, async (kept) => {
    const report = await validator.validate(await world.toValidate(kept))

    const ours = report.signatures.map(({ indication, sub }) => ({ indication: indication.replace('-', '_'), sub }))
    // Where DSS does not open the file at all, it has no verdict either.
    const theirs = Array.isArray(kept[name]) ? kept[name].map(({ indication, sub }) => ({ indication, sub })) : []
    expect(ours).toEqual(theirs)
    for (const { reason, indication } of report.signatures) {
      if (indication === 'TOTAL-PASSED') expect(reason).toBeNull()
      else expect(reasons).toContain(reason)
    }
  })
}

test('what was compared has every verdict that matters', () => {
  const all = world.files.flatMap(({ asTheTown }) => (Array.isArray(asTheTown) ? asTheTown : []))
  const told = new Set(all.map(({ indication, sub }) => `${indication} ${sub}`))

  expect(world.files.length).toBeGreaterThanOrEqual(140)
  expect([...told].sort()).toEqual([
    'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE', 'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE',
    'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND', 'INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND', 'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED',
    'INDETERMINATE REVOKED_CA_NO_POE', 'INDETERMINATE REVOKED_NO_POE', 'INDETERMINATE SIGNED_DATA_NOT_FOUND',
    'INDETERMINATE SIG_CONSTRAINTS_FAILURE',
    'INDETERMINATE TRY_LATER', 'TOTAL_FAILED FORMAT_FAILURE', 'TOTAL_FAILED HASH_FAILURE',
    'TOTAL_FAILED SIG_CRYPTO_FAILURE', 'TOTAL_PASSED null',
  ])
})
