/** Prints every model and context of `../municipalModels.ts` as a line for AskDmnScala. */
import { municipalModels } from '../municipalModels.ts'

for (const { xml, contexts } of municipalModels) {
  for (const context of contexts) console.log(JSON.stringify({ xml, decision: 'a', context }))
}
