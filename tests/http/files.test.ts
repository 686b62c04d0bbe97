import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { request as httpRequest } from 'node:http'
import { v7 as uuidv7 } from 'uuid'
import type { UploadedFile } from '../../server/http/contract/drafts.ts'
import { petition } from '../support/filing.ts'
import { testTown, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
const exe = Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1')

let town: TestTown
let web: TestWeb
let browser: Browser
let draftId: string

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
})

beforeEach(async () => {
  browser = await web.browser()
  draftId = uuidv7()
  await browser.change('PUT', `/drafts/${draftId}`, { procedure: 'petition', answers: {}, applicant: {}, page: 0 })
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const send = (name: string, bytes: Uint8Array<ArrayBuffer>, type = 'application/pdf') =>
  browser.upload<UploadedFile & { code: string }>(`/drafts/${draftId}/files?field=attachment`, name, type, bytes)

test('a paper is added to a draft, goes with the request, and comes back as it was', async () => {
  const { body: uploaded } = await send('Пуномоћје Ђорђе.pdf', pdf)
  const { body: receipt } = await browser.change<{ caseId: string; attachments: number }>('POST', '/cases', petition({ draftId }))

  const reply = await browser.fetch(`/api/sombor/cases/${receipt.caseId}/documents/${uploaded.id}`)

  expect(receipt.attachments).toBe(1)
  expect(Buffer.from(await reply.arrayBuffer())).toEqual(pdf)
  expect(reply.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('Пуномоћје Ђорђе.pdf')}`)
  expect(reply.headers.get('content-security-policy')).toContain(`default-src 'none'`)
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
})

test('a paper that is taken out is gone', async () => {
  const { body: uploaded } = await send('punomocje.pdf', pdf)

  const removed = await browser.change('DELETE', `/drafts/${draftId}/files/${uploaded.id}`)

  expect(removed.status).toBe(204)
  expect((await browser.get(`/drafts/${draftId}`)).body).toMatchObject({ files: [] })
})

test('a draft that is thrown away goes with its papers', async () => {
  const { body: uploaded } = await send('punomocje.pdf', pdf)
  const stranger = await web.browser()

  const refused = await stranger.change('DELETE', `/drafts/${draftId}`)
  const thrown = await browser.change('DELETE', `/drafts/${draftId}`)

  expect(refused.status).toBe(404)
  expect(thrown.status).toBe(204)
  expect((await browser.get(`/drafts/${draftId}`)).status).toBe(404)
  expect((await browser.change('DELETE', `/drafts/${draftId}/files/${uploaded.id}`)).status).toBe(404)
})

test('a program that calls itself a PDF is refused by what it really is', async () => {
  const { status, body } = await send('punomocje.pdf', exe)

  expect(status).toBe(415)
  expect(body.code).toBe('file-type-not-accepted')
})

test('a file larger than 10 MB is refused, and the draft stays as it was', async () => {
  const { status, body } = await send('veliki.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))

  expect(status).toBe(413)
  expect(body.code).toBe('file-too-large')
  expect((await browser.get(`/drafts/${draftId}`)).body).toMatchObject({ files: [] })
})

test('a file that does not say how large it is is cut off at 10 MB', async () => {
  await browser.get('/me')

  const status = await sendWithoutLength(10 * 1024 * 1024 + 200_000)

  expect(status).toBe(413)
})

test('an eleventh file is refused', async () => {
  for (let count = 1; count <= 10; count++) await send(`${count}.pdf`, pdf)

  const { status, body } = await send('11.pdf', pdf)

  expect(status).toBe(400)
  expect(body.code).toBe('too-many-files')
})

test('a form without a file is told so', async () => {
  const reply = await browser.fetch(`/api/sombor/drafts/${draftId}/files?field=attachment`, { method: 'POST', body: new FormData() })

  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ code: expect.stringMatching(/file-missing|request-not-understood/) })
})

test('nobody adds a file to somebody else’s draft', async () => {
  const stranger = await web.browser()

  const { status, body } = await stranger.upload(`/drafts/${draftId}/files?field=attachment`, 'punomocje.pdf', 'application/pdf', pdf)

  expect(status).toBe(404)
  expect(body.code).toBe('draft-not-found')
})

/** Sends a multipart body in chunks, as a program would that does not know the length. */
function sendWithoutLength(size: number): Promise<number | undefined> {
  const boundary = 'part'
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${web.url}/api/sombor/drafts/${draftId}/files?field=attachment`,
      {
        method: 'POST',
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'x-salter-token': browser.token ?? '',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      },
      (reply) => {
        reply.resume()
        resolve(reply.statusCode)
      },
    )
    request.on('error', reject)
    const part = ['content-disposition: form-data; name="file"; filename="veliki.pdf"', 'content-type: application/pdf']
    request.write([`--${boundary}`, ...part, '', ''].join('\r\n'))
    request.write(Buffer.alloc(size, '%PDF-1.7\n'))
    request.end(`\r\n--${boundary}--\r\n`)
  })
}
