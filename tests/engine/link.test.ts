import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Link } from '../../bench/soak/link.ts'

interface Ends {
  link: Link
  near: Socket
  far: Socket
}

/** A program that listens, one that calls it, and the wire between them. */
async function linked(): Promise<Ends & { another: () => Promise<Omit<Ends, 'link'>> }> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const link = await Link.to((server.address() as AddressInfo).port)
  const sockets: Socket[] = []
  const another = async (): Promise<Omit<Ends, 'link'>> => {
    const called = once(server, 'connection') as Promise<[Socket]>
    const near = connect(link.port, '127.0.0.1')
    const [far] = await called
    for (const socket of [near, far]) socket.on('error', () => undefined) // what is cut is meant to be
    sockets.push(near, far)
    return { near, far }
  }
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await link.close()
    server.close()
  })
  return { link, another, ...(await another()) }
}

// What is cut is closed with an error, which `once` would throw.
const closing = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))

const nextText = async (socket: Socket): Promise<string> => String((await once(socket, 'data') as [Buffer])[0])

test('an open link passes on what is said, both ways, and the end of it', async () => {
  const { near, far } = await linked()

  near.write('question')
  const question = await nextText(far)
  far.write('answer')
  const answer = await nextText(near)
  near.end()
  far.resume()
  await once(far, 'end')

  expect([question, answer]).toEqual(['question', 'answer'])
})

test('a link that is cut is cut for both sides, and new connections pass', async () => {
  const { link, near, far, another } = await linked()
  const closed = Promise.all([near, far].map(closing))

  link.cut()
  await closed
  const later = await another()
  later.near.write('again')

  expect(await nextText(later.far)).toBe('again')
})

test('a halted link passes on later what was said meanwhile', async () => {
  const { link, near, far, another } = await linked()
  const heard: string[] = []
  far.on('data', (bytes) => heard.push(String(bytes)))

  link.halt()
  near.write('late')
  const knocking = another()
  const whileHalted = [...heard]
  link.restore()
  await once(far, 'data')
  const { near: nextNear, far: nextFar } = await knocking
  nextNear.write('later')

  expect([whileHalted, heard, await nextText(nextFar)]).toEqual([[], ['late'], 'later'])
})

test('what a link has swallowed never arrives, nor anything else on that connection, and nobody is told', async () => {
  const { link, near, far, another } = await linked()
  const heard: unknown[] = []
  for (const socket of [near, far]) for (const event of ['data', 'end', 'close']) socket.on(event, (what) => heard.push([event, String(what)]))

  link.swallow()
  near.write('lost')
  const knocking = another()
  link.restore()
  near.write('lost as well')
  // A new connection has carried a whole exchange: what could have arrived on the old one would have.
  const later = await knocking
  later.near.write('question')
  await nextText(later.far)
  later.far.write('answer')
  await nextText(later.near)

  expect(heard).toEqual([])
})

test('a half-open link leaves the near side on the line', async () => {
  const { link, near, far } = await linked()
  const heard: string[] = []
  for (const event of ['data', 'end', 'close']) near.on(event, () => heard.push(event))

  const farClosed = closing(far)
  link.halfOpen()
  await farClosed
  near.write('is anybody there?')
  await new Promise((resume) => setImmediate(resume))

  expect(heard).toEqual([])
})
