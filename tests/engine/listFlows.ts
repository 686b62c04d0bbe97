/** Elements whose flows may be listed: all that have an id; what stands first in them stays first. */
const tag = /<((?:\w+:)?)(\w+)((?:\s+[\w:]+="[^"]*")*)\s*(?:\/>|>((?:\s*<(?:\w+:)?documentation>.*?<\/(?:\w+:)?documentation>)?(?:\s*<(?:\w+:)?extensionElements>.*?<\/(?:\w+:)?extensionElements>)?))/gs

/**
 * The diagram with each flow listed in both elements it joins, as every editor writes it and the vendor's validators count
 * it. Diagrams of tests are kept without, because they are read by people. One that lists its flows stays as it is.
 */
export function listFlows(xml: string): string {
  if (/<(?:\w+:)?(?:incoming|outgoing)>/.test(xml)) return xml
  const flows = [...xml.matchAll(/<(?:\w+:)?sequenceFlow\s[^>]*>/g)].map(([flow]) => ({
    id: attributeOf(flow, 'id'), source: attributeOf(flow, 'sourceRef'), target: attributeOf(flow, 'targetRef'),
  }))
  return xml.replace(tag, (whole: string, prefix: string, name: string, attributes: string, first = '') => {
    const id = attributeOf(attributes, 'id')
    if (id === undefined || name === 'sequenceFlow') return whole
    const listed = [
      ...flows.filter(({ target }) => target === id).map((flow) => `<${prefix}incoming>${flow.id}</${prefix}incoming>`),
      ...flows.filter(({ source }) => source === id).map((flow) => `<${prefix}outgoing>${flow.id}</${prefix}outgoing>`),
    ]
    if (listed.length === 0) return whole
    return `<${prefix}${name}${attributes}>${first}${listed.join('')}${whole.endsWith('/>') && first === '' ? `</${prefix}${name}>` : ''}`
  })
}

function attributeOf(text: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1]
}
