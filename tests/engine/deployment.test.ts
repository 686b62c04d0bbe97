import { expect, test } from 'vitest'
import { diagram, trial } from './support.ts'

test('the same content under the same name is the same version; a change or another name is a new one', async () => {
  const { engine } = await trial()
  const resource = await diagram('service-task')

  const first = await engine.deploy([resource])
  const same = await engine.deploy([resource])
  const changed = await engine.deploy([{ ...resource, content: `${resource.content}\n` }])
  const renamed = await engine.deploy([{ name: 'other.bpmn', content: `${resource.content}\n` }])

  expect(same.processes).toEqual(first.processes)
  expect([first, changed, renamed].map((each) => each.processes[0]!.version)).toEqual([1, 2, 3])
})

test('a running case keeps its version, a new one takes the latest', async () => {
  const { engine, start, take } = await trial('service-task')
  await start('service-task')
  const resource = await diagram('service-task')
  await engine.deploy([{ ...resource, content: resource.content.replace('type="work"', 'type="new-work"') }])

  await start('service-task')

  expect((await take('work')).processDefinitionVersion).toBe(1)
  expect((await take('new-work')).processDefinitionVersion).toBe(2)
})

test('a drawing may show what is no longer there', async () => {
  const { start, ready } = await trial('drawing-without-element')

  await start('drawing-without-element')

  expect(await ready('work')).toEqual(['work'])
})

test('the first process of a new engine has the first key, the deployment a later one', async () => {
  const { engine } = await trial()

  const { key, processes } = await engine.deploy([await diagram('service-task')])

  expect([processes[0]!.processDefinitionKey, key]).toEqual(['2251799813685249', '2251799813685250'])
})

test('a former version can still be asked for by number and by key', async () => {
  const { engine } = await trial()
  const resource = await diagram('service-task')
  const { processes } = await engine.deploy([resource])
  await engine.deploy([{ ...resource, content: `${resource.content}\n` }])

  const byNumber = await engine.createInstance({ bpmnProcessId: 'service-task', version: 1 })
  const byKey = await engine.createInstance({ processDefinitionKey: processes[0]!.processDefinitionKey })

  expect([byNumber.version, byKey.version]).toEqual([1, 1])
  await expect(engine.createInstance({ bpmnProcessId: 'service-task', version: 9 })).rejects.toMatchObject({ kind: 'not-found' })
})

test('all resources or none', async () => {
  const { engine, start } = await trial()

  await expect(engine.deploy([await diagram('service-task'), await diagram('refused-link')])).rejects.toMatchObject({ kind: 'invalid' })

  await expect(start('service-task')).rejects.toMatchObject({ kind: 'not-found' })
})

test.each([
  ['refused-signal-name', 'refused-signal-name'],
  ['refused-timer-start', 'due'],
])('%s, which needs a variable to know what it begins by, is refused and the element "%s" named', async (name, elementId) => {
  const { engine } = await trial()

  const refusal = await engine.deploy([await diagram(name)]).catch((error: unknown) => error)

  expect(refusal).toMatchObject({ kind: 'invalid', message: expect.stringContaining(`'${name}.bpmn'`) })
  expect((refusal as Error).message).toMatch(new RegExp(`Element: ${elementId}\\b`))
})

test.each([
  ['broken.bpmn', '<bpmn:definitions'],
  ['empty.bpmn', ''],
  ['form.form', 'not json'],
  ['form.form', '{"id":""}'],
  ['form.form', '{}'],
  ['form.form', '[]'],
  ['form.form', 'null'],
  ['form.form', ''],
  ['picture.png', 'x'],
])('%s with the content %j is refused', async (name, content) => {
  const { engine } = await trial()

  await expect(engine.deploy([{ name, content }])).rejects.toMatchObject({ kind: 'invalid' })
})

test('everything that is wrong with every resource is told at once, in the frame that clients know', async () => {
  const { engine } = await trial()
  const diagrams = await Promise.all(['refused-link', 'refused-multi-instance'].map(diagram))

  const refusal = engine.deploy([...diagrams, { name: 'form.form', content: '{}' }])

  await expect(refusal).rejects.toMatchObject({ message: [
    `Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new resources, but encountered the following errors:`,
    `'refused-link.bpmn': - Element: refused-link`,
    `    - ERROR: Expected a place that the link named 'nowhere' leads to, but found none`,
    `'refused-multi-instance.bpmn': - Element: many > multiInstanceLoopCharacteristics`,
    `    - ERROR: Expected exactly one 'zeebe:loopCharacteristics', but found 0`,
    `'form.form': - Expected the form to have an id, but it is blank`,
  ].join('\n') })
})

test('two processes of one id in a deployment are refused, and so are two forms', async () => {
  const { engine } = await trial()
  const process = await diagram('service-task')
  const form = { name: 'a.form', content: '{"id":"extract"}' }

  await expect(engine.deploy([process, { ...process, name: 'again.bpmn' }])).rejects.toThrow(`Duplicated id in resources: 'service-task'`)
  await expect(engine.deploy([form, { ...form, name: 'b.form' }])).rejects.toThrow(`Duplicated id in resources: 'extract'`)
})

test('a resource of more than 4 MB is refused before it is read', async () => {
  const { engine } = await trial()
  const { name, content } = await diagram('service-task')

  const refusal = engine.deploy([{ name, content: `${content}${' '.repeat(4 * 1024 * 1024)}` }])

  await expect(refusal).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('4194304 bytes') })
})

test('no resources are refused', async () => {
  const { engine } = await trial()

  await expect(engine.deploy([])).rejects.toMatchObject({ kind: 'invalid' })
})

test('a new version takes over the start messages of the former', async () => {
  const { engine, ready } = await trial('message-start')
  const resource = await diagram('message-start')
  await engine.deploy([{ ...resource, content: resource.content.replace('type="work"', 'type="new-work"').replace('request-filed', 'request-sent') }])

  await engine.publishMessage({ name: 'request-filed', correlationKey: '' })
  await engine.publishMessage({ name: 'request-sent', correlationKey: '' })

  expect(await ready('work', 'new-work')).toEqual(['new-work'])
})
