/** An element of XML, its name without the prefix of its namespace. */
export interface Element {
  readonly name: string
  /** By local name: `type` for `xsi:type`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  /** The text that stands directly in it. */
  text: string
}

const PARTS = new RegExp(
  [
    '<!--.*?-->|<\\?.*?\\?>|<!\\[CDATA\\[(?<cdata>.*?)\\]\\]>|</(?<closing>[^\\s>]+)\\s*>',
    `<(?<opening>[^\\s/>!?]+)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*?)(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'gs',
)
const ATTRIBUTES = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Reads well-formed XML, as much of it as files of test cases have. Throws where an element is not closed. */
export function readXml(xml: string): Element {
  const document = element('', '')
  const open = [document]
  for (const { groups = {} } of xml.matchAll(PARTS)) {
    const around = open.at(-1) ?? document
    if (groups.cdata !== undefined) around.text += groups.cdata
    else if (groups.text !== undefined) around.text += unescaped(groups.text)
    else if (groups.closing !== undefined) open.pop()
    else if (groups.opening !== undefined) {
      const made = element(groups.opening, groups.attributes ?? '')
      around.children.push(made)
      if (!groups.empty) open.push(made)
    }
  }
  const [root] = document.children
  if (!root || open.length !== 1) throw new Error('Expected XML with one element at its root, but one is not closed or there is none')
  return root
}

function element(name: string, attributes: string): Element {
  const read = [...attributes.matchAll(ATTRIBUTES)].map(([, key = '', double, single]): [string, string] => [
    local(key),
    unescaped(double ?? single ?? ''),
  ])
  return { name: local(name), attributes: new Map(read), children: [], text: '' }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, digits?: string, name = '') => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return digits ? String.fromCodePoint(Number(digits)) : (ENTITIES[name] ?? whole)
  })
}
