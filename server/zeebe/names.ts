/**
 * Names on the wire: in the engine every process, form and decision carries its town and procedure.
 * Zeebe 8.5 resolves forms, decisions and called processes to their latest version, so their names carry the package's number too:
 * a running case keeps the package it was filed under.
 */

const BETWEEN = '--'

/** A town's process of a procedure: "sombor--petition". */
export function processId(tenantId: string, procedureId: string): string {
  return [tenantId, procedureId].join(BETWEEN)
}

/** The message that starts it: "sombor--petition--start". */
export function startMessage(tenantId: string, procedureId: string): string {
  return [tenantId, procedureId, 'start'].join(BETWEEN)
}

/** A form, decision or called process of one version of a package: "sombor--petition--v3--triage". */
export function partId(tenantId: string, procedureId: string, version: number, id: string): string {
  return [tenantId, procedureId, `v${version}`, id].join(BETWEEN)
}

/** Town and procedure of a process, called ones included; undefined when it is none of ours. */
export function readProcessId(bpmnProcessId: string): { tenantId: string; procedureId: string } | undefined {
  const [tenantId, procedureId] = bpmnProcessId.split(BETWEEN)
  return tenantId && procedureId ? { tenantId, procedureId } : undefined
}

/** How the ids of all of a town's processes begin. */
export function townsProcesses(tenantId: string): string {
  return tenantId + BETWEEN
}

/** Whether a process belongs to the town. */
export function isTheTowns(tenantId: string, bpmnProcessId: string): boolean {
  return readProcessId(bpmnProcessId)?.tenantId === tenantId
}
