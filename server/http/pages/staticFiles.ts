import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Step } from '../web.ts'

interface ServedFile {
  type: string
  etag: string
  bytes: Buffer
  /** Smaller forms; none for what is compressed already. */
  br?: Buffer
  gzip?: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest'])

const prefix = '/ui/'

/**
 * Serves the built pages' scripts, styles and fonts under `/ui/`. Each file is read and compressed once, when first asked
 * for. Names under `assets/` carry a hash of their content, so browsers may keep them for good.
 */
export function staticFiles(folder: string): Step {
  const kept = new Map<string, Promise<ServedFile | undefined>>()
  return async (ctx, next) => {
    if (!ctx.path.startsWith(prefix) || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    const name = normalize(decodePath(ctx.path.slice(prefix.length)))
    // The pages themselves have an address of their own; nothing outside the folder has any.
    if (name.startsWith('..') || name.startsWith(sep) || name.includes('\0') || name.endsWith('.html')) return next()
    let file = kept.get(name)
    if (!file) {
      file = load(join(folder, name))
      kept.set(name, file)
      // A file that is not there yet may be built later.
      file.then((found) => found ?? kept.delete(name), () => kept.delete(name))
    }
    const found = await file
    if (!found) return next()
    ctx.set('cache-control', name.startsWith(`assets${sep}`) ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    ctx.set('vary', 'accept-encoding')
    ctx.etag = found.etag
    ctx.type = found.type
    ctx.status = 200
    if (ctx.fresh) {
      ctx.status = 304
      return
    }
    const encoding = found.br || found.gzip ? ctx.acceptsEncodings('br', 'gzip', 'identity') : 'identity'
    const smaller = encoding === 'br' ? found.br : encoding === 'gzip' ? found.gzip : undefined
    if (smaller) ctx.set('content-encoding', String(encoding))
    ctx.body = smaller ?? found.bytes
  }
}

async function load(path: string): Promise<ServedFile | undefined> {
  const type = types[extname(path)]
  const bytes = type === undefined ? undefined : await readFile(path).catch(whenMissing)
  if (type === undefined || !bytes) return undefined
  const file: ServedFile = { type, bytes, etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) }
  if (!compressible.has(extname(path))) return file
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  return { ...file, br, gzip: gz }
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined
  throw error
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '..'
  }
}
