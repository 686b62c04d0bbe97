import type { Situation } from '../draw.ts'
import { borderSituations } from './borderEvents.ts'
import { compensationSituations } from './compensations.ts'
import { fileSituations } from './file.ts'
import { gatewaySituations } from './gateways.ts'
import { loopSituations } from './loops.ts'
import { passingSituations } from './passingEvents.ts'
import { startSituations } from './startEvents.ts'
import { subProcessSituations } from './subProcesses.ts'
import { taskSituations } from './tasks.ts'
import { timerSituations } from './timers.ts'
import { unsupportedSituations } from './unsupported.ts'
import { userTaskSituations } from './userTasks.ts'

/** Every diagram the vendor's validators were asked about. */
export const situations: readonly Situation[] = [
  ...fileSituations, ...startSituations, ...passingSituations, ...borderSituations, ...compensationSituations, ...timerSituations,
  ...gatewaySituations, ...taskSituations, ...userTaskSituations, ...loopSituations, ...subProcessSituations, ...unsupportedSituations,
]
