import busboy from 'busboy'
import type { IncomingMessage } from 'node:http'
import { refuse, Refusal } from '../../base/errors.ts'
import type { Asked } from '../web.ts'

export interface Upload {
  fileName: string
  /** As the browser says. */
  declaredType: string
  bytes: Buffer
}

// Boundaries and part headers around the one file.
const envelopeBytes = 64 * 1024

/** Reads the one file of a multipart form, at most `maxBytes`. What is larger is refused before it is read whole. */
export async function readUpload(ctx: Asked, maxBytes: number): Promise<Upload> {
  if (!ctx.is('multipart/form-data')) refuse('invalid', 'request-not-understood', { expected: 'multipart/form-data' })
  if (Number(ctx.get('content-length')) > maxBytes + envelopeBytes) refuse('invalid', 'file-too-large', { maxBytes })
  return readForm(ctx.req, maxBytes)
}

function readForm(request: IncomingMessage, maxBytes: number): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const form = open(request, maxBytes)
    let upload: Promise<Upload> | undefined
    form.on('file', (_field, stream, { filename, mimeType }) => {
      const parts: Buffer[] = []
      const read = new Promise<Upload>((done, fail) => {
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('limit', () => fail(new Refusal('invalid', 'file-too-large', { maxBytes })))
        stream.on('error', fail)
        stream.on('end', () => done({ fileName: filename ?? '', declaredType: mimeType, bytes: Buffer.concat(parts) }))
      })
      upload ??= read
      read.catch(finish)
    })
    const finish = (error: unknown): void => {
      request.unpipe(form)
      // What is still on its way is let go, so that the reply can be read.
      request.resume()
      reject(error as Error)
    }
    form.on('error', () => finish(new Refusal('invalid', 'request-not-understood', { expected: 'multipart/form-data' })))
    form.on('close', () => {
      if (upload) upload.then(resolve, reject)
      else reject(new Refusal('invalid', 'file-missing'))
    })
    request.on('aborted', () => finish(new Refusal('invalid', 'request-not-understood', { expected: 'a whole file' })))
    request.pipe(form)
  })
}

function open(request: IncomingMessage, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 5, fileSize: maxBytes + 1, fieldSize: 1024, headerPairs: 20 },
    })
  } catch {
    refuse('invalid', 'request-not-understood', { expected: 'multipart/form-data' })
  }
}
