import { closeBoundary, openWaiting } from '../elements/waiting.ts'
import type { Key } from '../key.ts'
import { reject, type Command } from './command.ts'
import { planMigration, type MappingInstruction } from './migrationPlan.ts'

export interface MigrateInstance {
  processInstanceKey: Key
  /** The definition it follows from now on. */
  targetProcessDefinitionKey: Key
  mappingInstructions: readonly MappingInstruction[]
}

const intent = 'MIGRATE'

/**
 * Lets an instance go on by another definition from where it stands. Jobs, variables and incidents stay as they are, nothing
 * is evaluated anew; events on the border of the former elements are given up, those on the border of the new ones begin to wait.
 */
export const migrateInstance: Command<MigrateInstance, void> = {
  intent,

  needs: ({ processInstanceKey, targetProcessDefinitionKey }) => ({
    instances: [processInstanceKey],
    models: [targetProcessDefinitionKey],
  }),

  decide({ processInstanceKey, targetProcessDefinitionKey, mappingInstructions }, decision) {
    const { state } = decision
    const instance = state.instance(processInstanceKey)
    if (!instance) {
      reject(intent, 'not-found', `Expected to migrate process instance but no process instance found with key '${processInstanceKey}'`)
    }
    const definition = state.definitions.byKey(targetProcessDefinitionKey)
    if (!definition) {
      reject(intent, 'not-found', 'Expected to migrate process instance to process definition '
        + `but no process definition found with key '${targetProcessDefinitionKey}'`)
    }
    const model = state.definitions.model(targetProcessDefinitionKey)!
    const moves = planMigration(decision, instance, model, mappingInstructions)

    for (const { element } of moves) closeBoundary(decision, instance, element)
    const nodes = new Map(moves.map(({ element, target }) => [element.key, target]))
    decision.record({ type: 'instance-migrated', instance, definition, model, nodes })
    for (const { element, waiting } of moves) if (waiting) openWaiting(decision, instance, element, waiting)
  },
}
