import { faultsOfDrawing } from './check/index.ts'
import { faultsOfRemarks } from './check/remarks.ts'
import { faultsOfText } from './check/xmlText.ts'
import type { ProcessModel } from './executable.ts'
import { faultAt } from './fault.ts'
import { listOf, readXml } from './moddle.ts'
import { readProcess } from './read/process.ts'

/** The executable processes of a diagram, or all reasons why it has to be refused. */
export async function readBpmn(xml: string): Promise<{ processes: ProcessModel[]; faults: string[] }> {
  const { definitions, remarks } = await readXml(xml)
  if (!definitions) return { processes: [], faults: remarks.map((each) => each.message) }
  const executable = listOf(definitions, 'rootElements').filter((each) => each.$type === 'bpmn:Process' && each.isExecutable === true)
  const faults = [...faultsOfText(xml), ...faultsOfRemarks(remarks), ...faultsOfDrawing(executable)]
  if (executable.length === 0) faults.push(faultAt(definitions, 'Expected at least one executable process, but there is none'))
  // The readers take for granted what has been checked.
  if (faults.length > 0) return { processes: [], faults }
  const read = executable.map((each) => readProcess(each))
  return { processes: read.map((each) => each.model), faults: read.flatMap((each) => each.faults) }
}
