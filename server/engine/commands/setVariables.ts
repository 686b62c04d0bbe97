import { propagate, setLocal } from '../behaviors/variables.ts'
import { isKey, keyAfter, type Key } from '../key.ts'
import { reject, type Command } from './command.ts'
import { readVariables } from './readRequest.ts'

export interface SetVariables {
  /** Of an element, or of the instance. */
  elementInstanceKey: Key
  /** JSON text of an object. */
  variables: string
  /** Only here; else each goes to the nearest scope that has it. */
  local?: boolean
}

const intent = 'UPDATE'

export const setVariables: Command<SetVariables, { key: Key }> = {
  intent,
  // A task's own key has no row; its job, whose key is the next one, has.
  needs: ({ elementInstanceKey: key }, state) => ({ instancesOf: isKey(key) && !state.owner(key) ? [key, keyAfter(key)] : [key] }),

  decide({ elementInstanceKey, variables: json, local = false }, decision) {
    const instance = decision.state.owner(elementInstanceKey)
    const element = instance?.elements.get(elementInstanceKey)
    if (!instance || !element) {
      reject(intent, 'not-found',
        `Expected to update variables for element with key '${elementInstanceKey}', but no such element was found`)
    }
    const variables = readVariables(intent, json)
    const write = local ? setLocal : propagate
    write(decision, instance, element, variables)
    return { key: decision.nextKey() }
  },
}
