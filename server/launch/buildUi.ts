import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Tell } from './keycloak.ts'

// What a page is made of: the apps themselves, what they share with the server, and the locked libraries.
const sources = ['ui', join('server', 'http', 'contract'), join('server', 'rules'), 'package-lock.json']

/** Builds the pages into `dist/ui` when their sources changed since the last time. */
export async function buildUi(root: string, tell: Tell): Promise<void> {
  const out = join(root, 'dist', 'ui')
  const stamp = join(root, 'dist', 'ui.stamp')
  const hash = await hashOf(root)
  const isThere = await access(join(out, 'portal', 'index.html')).then(() => true, () => false)
  if (isThere && (await readFile(stamp, 'utf8').catch(() => '')) === hash) return
  tell('Building the pages (about 10 s, when their sources changed) …')
  process.env.IBM_TELEMETRY_DISABLED = 'true'
  const { build } = await import('vite')
  await build({ configFile: join(root, 'ui', 'vite.config.ts'), logLevel: 'error' })
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, hash)
}

async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of await filesBelow(join(root, source))) {
      hash.update(relative(root, file)).update('\0').update(await readFile(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return [path]
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name)).sort()
}
