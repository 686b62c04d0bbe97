import type { Asked } from './web.ts'

/** Sends a document to be looked at or kept. It comes with rights of its own: none, whatever it may contain. */
export function sendFile(ctx: Asked, { fileName, mediaType, bytes }: { fileName: string; mediaType: string; bytes: Buffer }): void {
  const wholeName = encodeURIComponent(fileName).replace(/['()*]/g, escapeByte)
  ctx.set('content-disposition', `inline; filename="${asciiName(fileName)}"; filename*=UTF-8''${wholeName}`)
  ctx.set('content-security-policy', `default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'`)
  ctx.set('cache-control', 'private, no-store')
  ctx.type = mediaType
  ctx.body = bytes
}

/** For software that does not know RFC 8187: letters it can take, underscores for the others. */
function asciiName(fileName: string): string {
  return fileName.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\w .()-]/g, '_')
}

function escapeByte(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
}
