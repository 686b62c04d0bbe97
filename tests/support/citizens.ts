import { Outage, refuse } from '../../server/base/errors.ts'
import type { CitizenDirectory } from '../../server/identity/citizenDirectory.ts'

export interface PlayedAccount {
  email: string
  mark: string
  enabled: boolean
  password: string
}

/** Keycloak's part, played: what the real one does is tested in tests/identity/citizenDirectory.test.ts. */
export interface PlayedCitizens extends CitizenDirectory {
  accounts: Map<string, PlayedAccount>
  isDown: boolean
}

/** A directory that keeps accounts in memory and can be down. */
export function playedCitizens(): PlayedCitizens {
  const accounts = new Map<string, PlayedAccount>()
  const named = (email: string) => [...accounts].find(([, account]) => account.email.toLowerCase() === email.toLowerCase())
  const answer = (): void => {
    if (played.isDown) throw new Outage('keycloak')
  }
  const played: PlayedCitizens = {
    accounts,
    isDown: false,
    async isTaken(email) {
      answer()
      return named(email) !== undefined
    },
    async createPending({ email }, mark) {
      answer()
      const there = named(email)
      if (there) return !there[1].enabled && there[1].mark === mark ? there[0] : refuse('already-exists', 'account-exists')
      const id = `subject-${accounts.size + 1}`
      accounts.set(id, { email, mark, enabled: false, password: '' })
      return id
    },
    async activate(id, password) {
      answer()
      const account = accounts.get(id) ?? refuse('not-found', 'not-found')
      if (password.length < 10) refuse('invalid', 'password-refused')
      Object.assign(account, { enabled: true, password })
    },
    async deletePending(id) {
      answer()
      if (accounts.get(id)?.enabled) refuse('wrong-state', 'registration-over')
      accounts.delete(id)
    },
  }
  return played
}
