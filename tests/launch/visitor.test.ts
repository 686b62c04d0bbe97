import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Visitor } from '../../server/launch/visitor.ts'

let server: Server | undefined
afterEach(() => server?.close())

test('a visitor keeps cookies by path, forgets those that end, and follows redirects', async () => {
  const seen: [string, string][] = []
  server = createServer((request, response) => {
    seen.push([request.url!, request.headers.cookie ?? ''])
    if (request.url === '/start') response.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Path=/deep; HttpOnly']).writeHead(302, { location: '/deep/page' })
    if (request.url === '/deep/page') response.setHeader('set-cookie', 'a=; Path=/; Max-Age=0')
    response.end('here')
  })
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
  const visitor = new Visitor()
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const page = await visitor.open(`${address}/start`)
  await visitor.open(`${address}/other`)

  expect(page).toMatchObject({ url: `${address}/deep/page`, status: 200, text: 'here' })
  expect(seen).toEqual([['/start', ''], ['/deep/page', 'a=1; b=2'], ['/other', '']])
})
