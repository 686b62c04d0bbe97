import type { Context } from './context.ts'

/**
 * Removes the bytes of documents whose rows are gone. Call it after the commit: bytes without a row do no harm, a row without
 * bytes would. What cannot be removed is told to the operator by its key, and keeps neither the rest nor the person waiting.
 */
export async function forgetBytes(context: Pick<Context, 'files' | 'log' | 'tenant'>, keys: readonly string[]): Promise<void> {
  const { files, log, tenant } = context
  for (const key of keys) {
    await files.remove(tenant.id, key).catch((error: unknown) => log.error('bytes-left-behind', { key, error }))
  }
}
