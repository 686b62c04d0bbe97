import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../base/errors.ts'

/** What one installation keeps to itself. Made once; whoever loses it loses the sealed sessions and the hashes of personal numbers. */
export interface Secrets {
  ownerPassword: string
  appPassword: string
  keycloakPassword: string
  keycloakAdminPassword: string
  clientSecret: string
  serviceSecret: string
  doorSecret: string
  secretKey: string
  smsKey: string
  smsHookSecret: string
  paymentsHookSecret: string
}

const names = [
  'ownerPassword', 'appPassword', 'keycloakPassword', 'keycloakAdminPassword', 'clientSecret', 'serviceSecret', 'doorSecret',
  'secretKey', 'smsKey', 'smsHookSecret', 'paymentsHookSecret',
] as const

/** Reads the secrets of a data folder, and makes those that are missing. Only the file's owner may read it. */
export async function keepSecrets(file: string): Promise<Secrets> {
  const kept = await readKept(file)
  const missing = names.filter((name) => !kept[name])
  const secrets = { ...kept, ...Object.fromEntries(missing.map((name) => [name, randomBytes(32).toString('base64url')])) } as Secrets
  if (missing.length > 0) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  return secrets
}

async function readKept(file: string): Promise<Partial<Secrets>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  try {
    return JSON.parse(text) as Partial<Secrets>
  } catch {
    throw new Refusal('invalid', 'data-folder-broken', { file },
      `Expected JSON in ${file}, but it cannot be read as that, so bring it back from a backup, or choose another folder with --data`)
  }
}
