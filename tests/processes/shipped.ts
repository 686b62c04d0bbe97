import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCountry, readMunicipalities } from '../../server/zeebe/municipality.ts'
import { readPackages } from '../../server/zeebe/packages.ts'
import type { ProcedurePackage, Texts } from '../../server/zeebe/packages.ts'
import type { Example } from './example.ts'

/** The folder of everything that ships as data. */
export const processesDir = fileURLToPath(new URL('../../processes', import.meta.url))

/** All procedures, countries and municipalities that ship, read as the server reads them. */
export const packages: readonly ProcedurePackage[] = await readPackages(processesDir)
export const municipalities = await readMunicipalities(processesDir)
export const countries = Object.fromEntries(
  await Promise.all(['rs', 'ba', 'bg', 'ro'].map(async (id) => [id, await readCountry(processesDir, id)] as const)),
)

/** The examples of one procedure, by file name. */
export function examplesOf(procedure: string): [file: string, example: Example][] {
  const folder = `${processesDir}/${procedure}/examples`
  return readdirSync(folder).sort().map((file) => [file, JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Example])
}

/** The municipalities that offer a procedure. */
export function townsOffering({ procedure }: ProcedurePackage): typeof municipalities {
  return municipalities.filter((town) => procedure.countries.includes(town.country) && procedure.authorities.includes(town.authority))
}

/** The municipality of that id. */
export function townOf(id: string): (typeof municipalities)[number] {
  const town = municipalities.find((each) => each.id === id)
  if (!town) throw new Error(`Expected a municipality ${id} but it does not ship`)
  return town
}

/** All texts of a tree with their dotted keys. */
export function flatTexts(texts: Texts, path: readonly string[] = []): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flatTexts(value, [...path, key]),
  )
}
