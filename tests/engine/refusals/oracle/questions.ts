/** Prints every situation as a JSON line, for the vendor's validators to judge. */
import { beyondSituations } from '../situations/beyond.ts'
import { situations } from '../situations/index.ts'

for (const { name, xml } of [...situations, ...beyondSituations]) console.log(JSON.stringify({ name, xml }))
