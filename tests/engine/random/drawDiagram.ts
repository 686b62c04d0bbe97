import { listFlows } from '../listFlows.ts'
import type { Aside, Block, Plan, Thrown, Trigger } from './blocks.ts'

/** Days after which every timer of a random diagram is due. */
export const LONGEST_TIMER_DAYS = 3
/** What the way of a case waits for, and what may come on the side at any time. */
export const awaited = 'supplement'
export const onTheSide = 'withdrawal'
export const messageNames = [awaited, onTheSide]
/** Signals have the same names. */
export const signalNames = messageNames
export const jobTypes = ['work', 'explain', 'called', 'io.camunda.zeebe:userTask']
export const errorCode = 'not-entitled'
/** The process that every call activity calls. */
export const calledProcess = 'random-called'

/**
 * The plan as a diagram. Conditions read `choice` (0, 1, 2), loops go on while `again` is true, lists are `items`,
 * messages correlate by `caseId`.
 */
export function drawDiagram(processId: string, plan: Plan): string {
  const drawing = new Drawing()
  const start = drawing.node('startEvent', '')
  const body = drawing.block(plan.body)
  drawing.flow(start, body.in)
  drawing.ending(body.out, plan.last)
  if (plan.aside) drawing.aside(plan.aside)
  return document(processId, drawing.text)
}

export function drawCalled(): string {
  const drawing = new Drawing()
  const start = drawing.node('startEvent', '')
  const task = drawing.node('serviceTask', extension('<zeebe:taskDefinition type="called" />'))
  drawing.flow(start, task)
  return document(calledProcess, drawing.text)
}

interface Ends {
  in: string
  out: string
}

class Drawing {
  #elements = ''
  #associations = ''
  #last = 0

  /** All that was drawn; the schema wants associations behind what they join. */
  get text(): string {
    return this.#elements + this.#associations
  }

  node(type: string, inside: string, attributes = '', id = this.#next()): string {
    this.#elements += `<bpmn:${type} id="${id}" ${attributes}>${inside}</bpmn:${type}>\n`
    return id
  }

  flow(from: string, to: string, condition?: string): string {
    const id = this.#next()
    const inside = condition ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:conditionExpression>` : ''
    this.#elements += `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${inside}</bpmn:sequenceFlow>\n`
    return id
  }

  ending(from: string, last: Plan['last']): void {
    if (last !== 'inclusive') {
      this.flow(from, this.node('endEvent', endings[last]))
      return
    }
    const [fork, one, other] = [this.#next(), this.#work(), this.#work()]
    this.flow(from, fork)
    this.flow(fork, one, 'choice &lt; 2')
    const standard = this.flow(fork, other)
    this.node('inclusiveGateway', '', `default="${standard}"`, fork)
  }

  aside({ on, interrupts, body }: Aside): void {
    const inner = new Drawing()
    inner.#last = this.#last + 1
    const start = inner.node('startEvent', happening(on, onTheSide), `isInterrupting="${interrupts}"`)
    const ends = inner.block(body)
    inner.flow(start, ends.in)
    inner.flow(ends.out, inner.node('endEvent', ''))
    this.#last = inner.#last
    this.node('subProcess', inner.text, 'triggeredByEvent="true"')
  }

  block(block: Block): Ends {
    switch (block.kind) {
      case 'task': return this.#task(block)
      case 'guarded-task': return this.#guarded(block)
      case 'wait': return only(this.#wait(block.for))
      case 'tell': return only(this.node('intermediateThrowEvent', happening('signal')))
      case 'escalation': return only(this.node('intermediateThrowEvent', happening('escalation')))
      case 'compensation': return only(this.node('intermediateThrowEvent', compensation))
      case 'call': return only(this.node('callActivity', extension(`<zeebe:calledElement processId="${calledProcess}" />`)))
      case 'sequence': return this.#sequence(block.blocks.map((each) => this.block(each)))
      case 'exclusive': return this.#exclusive(block.branches.map((each) => this.block(each)))
      case 'loop': return this.#loop(this.block(block.body))
      case 'parallel': return this.#parallel(block.branches.map((each) => this.block(each)))
      case 'first-of': return this.#firstOf(block.branches.map((each) => this.block(each)))
      case 'sub-process': return this.#subProcess(block)
    }
  }

  #task(block: Extract<Block, { kind: 'task' }>): Ends {
    const ends = this.#plainTask(block)
    if (!block.undone) return ends
    const event = this.node('boundaryEvent', compensation, `attachedToRef="${ends.in}"`)
    const handler = this.node('serviceTask', extension('<zeebe:taskDefinition type="work" />'), 'isForCompensation="true"')
    this.#associations += `<bpmn:association id="${this.#next()}" sourceRef="${event}" targetRef="${handler}" />\n`
    return ends
  }

  #plainTask({ task, mapped }: Extract<Block, { kind: 'task' }>): Ends {
    const mapping = mapped
      ? '<zeebe:ioMapping><zeebe:input source="=choice" target="seen" /><zeebe:output source="=seen" target="choice" /></zeebe:ioMapping>'
      : ''
    if (task === 'manual') return only(this.node('manualTask', ''))
    if (task === 'user') return only(this.node('userTask', extension(mapping)))
    if (task === 'script') return only(this.node('scriptTask', extension(`<zeebe:script expression="=1" resultVariable="scripted" />${mapping}`)))
    return only(this.#work(mapping))
  }

  #guarded({ by, interrupts }: Extract<Block, { kind: 'guarded-task' }>): Ends {
    return this.#guard(this.#work(), by, interrupts)
  }

  // What interrupts takes the token over, so it comes back to the way: a join further on waits for it.
  #guard(id: string, by: Trigger | Thrown, interrupts: boolean): Ends {
    const takesOver = by === 'error' || interrupts
    // One that stays open would take the messages for which the way inside waits, each time anew.
    const event = this.node('boundaryEvent', happening(by, takesOver ? awaited : onTheSide), `attachedToRef="${id}" cancelActivity="${takesOver}"`)
    const explain = this.node('serviceTask', extension('<zeebe:taskDefinition type="explain" />'))
    this.flow(event, explain)
    if (!takesOver) return only(id)
    const join = this.node('exclusiveGateway', '')
    this.flow(id, join)
    this.flow(explain, join)
    return { in: id, out: join }
  }

  #wait(what: Trigger | 'receive'): string {
    return what === 'receive' ? this.node('receiveTask', '', `messageRef="${awaited}"`) : this.node('intermediateCatchEvent', happening(what))
  }

  #sequence(ends: Ends[]): Ends {
    ends.slice(1).forEach((each, index) => this.flow(ends[index]!.out, each.in))
    return { in: ends[0]!.in, out: ends.at(-1)!.out }
  }

  #exclusive(branches: Ends[]): Ends {
    const [split, join] = [this.#next(), this.node('exclusiveGateway', '')]
    const flows = branches.map((each, index) => this.flow(split, each.in, index === 0 ? undefined : `choice = ${index}`))
    for (const each of branches) this.flow(each.out, join)
    this.node('exclusiveGateway', '', `default="${flows[0]}"`, split)
    return { in: split, out: join }
  }

  #loop(body: Ends): Ends {
    // Each round waits for somebody, so that a loop never spins.
    const [merge, task, split] = [this.node('exclusiveGateway', ''), this.#work(), this.#next()]
    this.flow(merge, task)
    this.flow(task, body.in)
    this.flow(body.out, split)
    this.flow(split, merge, 'again = true')
    const on = this.node('manualTask', '')
    const standard = this.flow(split, on)
    this.node('exclusiveGateway', '', `default="${standard}"`, split)
    return { in: merge, out: on }
  }

  #parallel(branches: Ends[]): Ends {
    const [fork, join] = [this.node('parallelGateway', ''), this.node('parallelGateway', '')]
    for (const each of branches) {
      this.flow(fork, each.in)
      this.flow(each.out, join)
    }
    return { in: fork, out: join }
  }

  #firstOf([one, other]: Ends[]): Ends {
    const [gateway, join] = [this.node('eventBasedGateway', ''), this.node('exclusiveGateway', '')]
    for (const [event, ends] of [[this.#wait('timer'), one!], [this.#wait('message'), other!]] as const) {
      this.flow(gateway, event)
      this.flow(event, ends.in)
      this.flow(ends.out, join)
    }
    return { in: gateway, out: join }
  }

  #subProcess({ body, guard, interrupts, each, aside }: Extract<Block, { kind: 'sub-process' }>): Ends {
    const inner = new Drawing()
    inner.#last = this.#last + 1
    const start = inner.node('startEvent', '')
    const ends = inner.block(body)
    inner.flow(start, ends.in)
    inner.flow(ends.out, inner.node('endEvent', ''))
    if (aside) inner.aside(aside)
    this.#last = inner.#last
    const loop = each
      ? `<bpmn:multiInstanceLoopCharacteristics isSequential="${each === 'sequential'}">${extension('<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=item" />')}</bpmn:multiInstanceLoopCharacteristics>`
      : ''
    const id = this.node('subProcess', loop + inner.text)
    return guard ? this.#guard(id, guard, interrupts) : only(id)
  }

  #work(more = ''): string {
    return this.node('serviceTask', extension(`<zeebe:taskDefinition type="work" />${more}`))
  }

  #next(): string {
    return `n${++this.#last}`
  }
}

const only = (id: string): Ends => ({ in: id, out: id })
const extension = (inside: string): string => (inside ? `<bpmn:extensionElements>${inside}</bpmn:extensionElements>` : '')

const compensation = '<bpmn:compensateEventDefinition />'

const endings = { end: '', terminate: '<bpmn:terminateEventDefinition />', tell: happening('signal') }

function happening(by: Trigger | Thrown, name = awaited): string {
  if (by === 'escalation') return '<bpmn:escalationEventDefinition escalationRef="alarm" />'
  if (by === 'error') return '<bpmn:errorEventDefinition errorRef="refusal" />'
  if (by === 'timer') {
    return `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P${LONGEST_TIMER_DAYS}D</bpmn:timeDuration></bpmn:timerEventDefinition>`
  }
  if (by === 'signal') return `<bpmn:signalEventDefinition signalRef="signal-${name}" />`
  return `<bpmn:messageEventDefinition messageRef="${name}" />`
}

function document(processId: string, text: string): string {
  const messages = messageNames.map((name) =>
    `<bpmn:message id="${name}" name="${name}">${extension('<zeebe:subscription correlationKey="=caseId" />')}</bpmn:message>`)
  const signals = signalNames.map((name) => `<bpmn:signal id="signal-${name}" name="${name}" />`)
  return listFlows(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
${[...messages, ...signals].join('\n')}
<bpmn:error id="refusal" name="refusal" errorCode="${errorCode}" />
<bpmn:escalation id="alarm" name="alarm" escalationCode="alarm" />
<bpmn:process id="${processId}" isExecutable="true">
${text}</bpmn:process>
</bpmn:definitions>`)
}
