import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPem } from '../../identity/certificates/index.ts'
import { Certificate } from './trust/certificate.ts'

/**
 * The authorities a country believes: `<country>.pem` in the folder, certificates one after the other, as its trusted list names
 * them. Empty where there is no such file: nobody is believed then. Throws when the file has anything else in it.
 */
export async function readTrust(folder: string | undefined, country: string): Promise<Certificate[]> {
  if (!folder) return []
  const path = join(folder, `${country}.pem`)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return []
  const all = readPem(text).map(({ der }) => Certificate.read(der))
  if (all.length === 0) throw new Error(`Expected certificates in ${path}, but found none`)
  return all
}
