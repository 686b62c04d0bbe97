/** Clients as a process of their own: runs the workload against an address and prints what it measured as JSON. */
import { overGrpc } from './callers.ts'
import { runWorkload, workloadDiagram } from './workload.ts'

const [address, clients, seconds] = process.argv.slice(2)
const caller = overGrpc(address!)
await caller.deploy(await workloadDiagram())
await runWorkload(caller, Number(clients), 1) // warm
const measured = await runWorkload(caller, Number(clients), Number(seconds))
await caller.close()
process.stdout.write(JSON.stringify(measured) + '\n')
process.exit(0)
