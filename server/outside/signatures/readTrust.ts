import { readFile } from 'node:fs/promises'
import { readPem } from '../../identity/certificates/index.ts'
import { Certificate } from './trust/certificate.ts'

/**
 * The authorities a country believes: certificates one after the other in a PEM file, as its trusted list names them. Nobody where
 * there is no file. Throws when the file is missing or has none in it.
 */
export async function readTrust(path: string | undefined): Promise<Certificate[]> {
  if (!path) return []
  const all = readPem(await readFile(path, 'utf8')).map(({ der }) => Certificate.read(der))
  if (all.length === 0) throw new Error(`Expected certificates in ${path}, but found none`)
  return all
}
