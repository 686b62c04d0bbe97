import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { v7 as uuidv7, validate } from 'uuid'
import { Outage } from '../../base/errors.ts'
import type { FileStore } from './fileStore.ts'

/** Keeps files in a folder, one subfolder per tenant. A file appears under its name only when it is whole and on disk. */
export function folderStore(folder: string): FileStore {
  const pathOf = (tenantId: string, key: string): string => {
    if (!/^[a-z][a-z0-9-]*$/.test(tenantId) || !validate(key)) throw new Error('Expected a tenant id and a UUID as key')
    // The last two characters of a UUIDv7 are random: they spread files over 256 folders.
    return join(folder, tenantId, key.slice(-2), key)
  }
  return {
    async put(tenantId, bytes) {
      const key = uuidv7()
      const path = pathOf(tenantId, key)
      await mkdir(dirname(path), { recursive: true })
      const file = await open(`${path}.part`, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.part`, path)
      return key
    },
    async get(tenantId, key) {
      return readFile(pathOf(tenantId, key)).catch((cause: unknown) => {
        throw new Outage('files', cause)
      })
    },
    remove: (tenantId, key) => rm(pathOf(tenantId, key), { force: true }),
  }
}
