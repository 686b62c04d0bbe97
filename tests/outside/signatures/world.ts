import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ourValidator } from '../../../server/outside/signatures/ourValidator.ts'
import { townPolicy, type SignaturePolicy } from '../../../server/outside/signatures/policy.ts'
import type { FileToValidate, SignatureValidator } from '../../../server/outside/signatures/signatureValidator.ts'
import { Certificate } from '../../../server/outside/signatures/trust/certificate.ts'
import { revocationDesk, type Fetch } from '../../../server/outside/signatures/trust/revocationDesk.ts'

const folder = import.meta.dirname

/** What EU DSS said about one signature. */
export interface DssVerdict {
  indication: string
  sub: string | null
  format: string
  errors: string[]
  warnings: string[]
}

type DssAnswer = DssVerdict[] | { refused: string }

export interface KeptFile {
  file: string
  what: string
  /** The file beside which a signature lies. */
  content?: string
  byDefault: DssAnswer
  asTheTown: DssAnswer
}

/** The invented world of `reference/`: files, authorities, what lies at their addresses, and the verdicts of EU DSS. */
export async function keptWorld() {
  const kept = JSON.parse(await readFile(join(folder, 'verdicts.json'), 'utf8')) as {
    at: string
    trusted: string[]
    web: Record<string, string>
    files: KeptFile[]
  }
  const bytesOf = (name: string): Promise<Buffer> => readFile(join(folder, 'files', name))
  const trusted = await Promise.all(kept.trusted.map(async (name) => Certificate.read(await readFile(join(folder, 'authorities', name)))))
  const fetch: Fetch = async (address) => {
    const name = kept.web[address]
    if (!name) throw new Error(`Nothing lies at ${address}`)
    return readFile(join(folder, 'authorities', name))
  }
  return {
    at: Date.parse(kept.at),
    files: kept.files,
    trusted,
    fetch,
    bytesOf,
    /** The file as a validator is given it. */
    async toValidate({ file, content }: Pick<KeptFile, 'file' | 'content'>): Promise<FileToValidate> {
      return {
        kind: /\.p7[sm]$/.test(file) ? 'cms' : 'pdf',
        bytes: await bytesOf(file),
        ...(content && { beside: await bytesOf(content) }),
      }
    },
    /** For a town whose clock is moved. */
    validatorBy: (clock: { now(): number }): SignatureValidator =>
      ourValidator({ clock, trusted, trust: 'demo', desk: revocationDesk(fetch) }),
    validator(
      { policy = townPolicy, at = Date.parse(kept.at), fetchWith = fetch }:
      { policy?: SignaturePolicy; at?: number; fetchWith?: Fetch } = {},
    ): SignatureValidator {
      return ourValidator({ clock: { now: () => at }, trusted, trust: 'demo', desk: revocationDesk(fetchWith), policy })
    },
  }
}
