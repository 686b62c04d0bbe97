import { townRoles } from '../../../server/http/contract/towns.ts'

/** Everybody of the staff has a guide: the roles a town gives, and whoever keeps the installation. */
export const staffRoles = [...townRoles, 'operator'] as const
export type StaffRole = (typeof staffRoles)[number]
