import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimFolder } from '../../server/launch/launcherLock.ts'
import { freeFirstPort, isFree, portsFrom } from '../../server/launch/ports.ts'
import { keepSecrets } from '../../server/launch/secrets.ts'

let folder: string
const started: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-start-'))
  await chmod(folder, 0o711)
})
afterEach(async () => {
  for (const each of started.splice(0)) if (each.exitCode === null && each.kill('SIGTERM')) await new Promise((done) => each.once('close', done))
  await rm(folder, { recursive: true, force: true })
})

/** The launcher as a person starts it; `until` waits for a word on its output. */
function start(port: number, data = 'data') {
  const child = spawn(process.execPath, ['server/launch/start.mjs', '--data', join(folder, data), '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', KEYCLOAK_URL: '', ZEEBE_ADDRESS: '', SMTP_URL: '', PUBLIC_URL: '' },
  })
  started.push(child)
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return {
    child,
    ended,
    words: () => words,
    async until(word: string): Promise<void> {
      let isOver = false
      void ended.then(() => (isOver = true))
      while (!words.includes(word)) {
        if (isOver) throw new Error(`Expected "${word}", but the launcher ended: ${words}`)
        await new Promise((wait) => setTimeout(wait, 100))
      }
    },
  }
}

test('one command starts everything, a second copy in the same folder is refused, and Ctrl-C stops what was started', { timeout: 240_000 }, async () => {
  const port = await freeFirstPort()
  const ports = portsFrom(port)

  const copy = start(port)
  await copy.until('Ctrl-C stops everything')

  expect(copy.words()).toContain(`http://localhost:${port}/sombor/`)
  expect(copy.words()).toContain('salter-demo')
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)
  expect(await (await fetch(`http://127.0.0.1:${port}/sombor/`)).text()).toContain('<title>')
  expect((await fetch(`http://127.0.0.1:${ports.keycloak}/realms/salter`)).status).toBe(200)
  expect((await fetch(`http://127.0.0.1:${ports.mails}/mails.json`)).status).toBe(200)

  const second = start(await freeFirstPort())
  expect(await second.ended).toBe(1)
  expect(second.words()).toMatch(/another copy uses it \(process \d+\).*--data/)

  copy.child.kill('SIGINT')
  expect(await copy.ended).toBe(0)
  for (const [use, each] of Object.entries(ports)) expect(await isFree(each), use).toBe(true)
})

test('a database that ends under the others is told, and the rest ends in order', { timeout: 240_000 }, async () => {
  const port = await freeFirstPort()
  const copy = start(port)
  await copy.until('Ctrl-C stops everything')
  const [pid] = (await readFile(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8')).split('\n')

  process.kill(Number(pid), 'SIGINT')

  expect(await copy.ended).toBe(1)
  expect(copy.words()).toMatch(/PostgreSQL ended\./)
  expect(copy.words()).toContain('The rest is stopped now.')
  for (const [use, each] of Object.entries(portsFrom(port))) expect(await isFree(each), use).toBe(true)
})

test('a taken port is told with its use and the way out, and nothing is left running', { timeout: 60_000 }, async () => {
  const port = await freeFirstPort()
  const other = createServer()
  await new Promise<void>((done) => other.listen(port, '127.0.0.1', done))

  const copy = start(port)
  const code = await copy.ended

  other.close()
  expect(code).toBe(1)
  expect(copy.words()).toMatch(new RegExp(`port ${port} to be free for the web server.*--port`))
  expect(copy.words()).not.toContain('    at ')
})

test('a data folder with something else in it is told, and left as it is', { timeout: 60_000 }, async () => {
  await mkdir(join(folder, 'data', 'postgres'), { recursive: true })
  await writeFile(join(folder, 'data', 'postgres', 'letter.txt'), 'not a database')

  const copy = start(await freeFirstPort())

  expect(await copy.ended).toBe(1)
  expect(copy.words()).toMatch(/Expected a PostgreSQL cluster or an empty folder.*--data/)
  expect((await stat(join(folder, 'data', 'postgres', 'letter.txt'))).size).toBe(14)
})

test('a folder that a killed launcher left is free again', async () => {
  await writeFile(join(folder, 'launcher.pid'), '2147483646')

  const giveBack = await claimFolder(folder)

  expect(await readFile(join(folder, 'launcher.pid'), 'utf8')).toBe(String(process.pid))
  await giveBack()
})

test('secrets are made once, kept, and readable by their owner alone', async () => {
  const file = join(folder, 'secrets.json')

  const made = await keepSecrets(file)
  const kept = await keepSecrets(file)

  expect(kept).toEqual(made)
  expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a file of secrets that cannot be read is told and not written over', async () => {
  const file = join(folder, 'secrets.json')
  await writeFile(file, '{ half')

  await expect(keepSecrets(file)).rejects.toMatchObject({ code: 'data-folder-broken' })
  expect(await readFile(file, 'utf8')).toBe('{ half')
})
