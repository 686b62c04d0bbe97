/** Where documents' bytes live. One small shape; today a folder, later S3 behind the same. */
export interface FileStore {
  /** Keeps bytes under a new key and answers it. Durable before it answers. */
  put(tenantId: string, bytes: Uint8Array): Promise<string>
  /** The bytes of a key; throws an Outage when the store cannot be read. */
  get(tenantId: string, key: string): Promise<Buffer>
  remove(tenantId: string, key: string): Promise<void>
}
