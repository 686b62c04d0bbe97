import type {
  Customs, NewStaff, NewTown, StaffChange, StaffRow, TownAdded, TownChange, TownSettings, Training,
} from '../../../server/http/contract/towns.ts'
import { send } from './send.ts'

/** What an administrator may change of the own town. */
export function fetchSettings(): Promise<TownSettings> {
  return send<TownSettings>('/inbox/town')
}

export function changeSettings(change: TownChange): Promise<TownSettings> {
  return send<TownSettings>('/inbox/town', { method: 'POST', body: change })
}

/** The town's own picture, as the file that was chosen. */
export function putEmblem(picture: Blob): Promise<TownSettings> {
  return send<TownSettings>('/inbox/town/emblem', { method: 'PUT', body: picture })
}

export function makeTraining(): Promise<TownAdded> {
  return send<TownAdded>('/inbox/town/training', { method: 'POST' })
}

/** How full the copy is, and how to sign in there. */
export function fetchTraining(): Promise<Training> {
  return send<Training>('/inbox/town/training')
}

/** Empties the copy and fills it anew; a real town is refused. */
export function fillTraining(): Promise<Training> {
  return send<Training>('/inbox/town/training/fill', { method: 'POST' })
}

export function fetchStaff(): Promise<StaffRow[]> {
  return send<StaffRow[]>('/inbox/town/staff')
}

export function inviteStaff(person: NewStaff): Promise<void> {
  return send<void>('/inbox/town/staff', { method: 'POST', body: person })
}

export function changeStaff(memberId: string, change: StaffChange): Promise<void> {
  return send<void>(`/inbox/town/staff/${memberId}`, { method: 'POST', body: change })
}

/** How a municipality of the country usually begins. */
export function fetchCustoms(country: NewTown['country']): Promise<Customs> {
  return send<Customs>(`/inbox/towns/customs/${country}`)
}

export function addTown(town: NewTown): Promise<TownAdded> {
  return send<TownAdded>('/inbox/towns', { method: 'POST', body: town })
}

/** Where a town's own picture is; `version` makes browsers ask again after a change. */
export function emblemAddress(tenant: string, version = ''): string {
  return `/api/${encodeURIComponent(tenant)}/emblem${version && `?${version}`}`
}
