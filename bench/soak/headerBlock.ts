/**
 * As much of HPACK (RFC 7541) as a client needs that asks the same each time and looks at one field of the answer. It allows the
 * server no table of its own, so each field of an answer is written out.
 */

/** Fields written out, without indexing (section 6.2.2), their names too. */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(fields).flatMap(([name, value]) => [Buffer.from([0]), written(name), written(value)]))
}

function written(text: string): Buffer {
  if (text.length >= 127) throw new Error(`Expected less than 127 characters, but ${text} has more`)
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])
}

const NAME = Buffer.from('grpc-status', 'latin1')
// The same by the code of appendix B, in which most servers write it because it is shorter: 6 6 6 5 6 5 5 5 5 6 5 bits, and 1111.
const CODED_NAME = Buffer.from('9acac8b21234da8f', 'hex')

/** The status of a gRPC call, if the block has it. */
export function grpcStatus(block: Buffer): number | undefined {
  let at = 0

  /** An integer with a prefix of so many bits (section 5.1). */
  const integer = (bits: number): number => {
    const most = 2 ** bits - 1
    let value = block[at++]! & most
    if (value < most) return value
    for (let shift = 0; ; shift += 7) {
      const byte = block[at++]!
      value += (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const text = (): Buffer => {
    const length = integer(7)
    return block.subarray(at, (at += length))
  }

  while (at < block.length) {
    const first = block[at]!
    if (first >= 0x80) {
      integer(7) // a field of the static table
      continue
    }
    if (first >= 0x20 && first < 0x40) {
      integer(5) // the table's size, which is 0
      continue
    }
    const name = integer(first >= 0x40 ? 6 : 4) === 0 ? text() : undefined
    const value = text()
    // One or two digits are never shorter in code, so they are written as they are.
    if (name && (name.equals(NAME) || name.equals(CODED_NAME))) return Number(value.toString('latin1'))
  }
  return undefined
}
