import { refuse } from '../../base/errors.ts'
import { may } from '../../cases/may.ts'
import { addTown } from '../../cases/towns/addTown.ts'
import { changeTown } from '../../cases/towns/changeTown.ts'
import { changeStaff, inviteStaff, listStaff } from '../../cases/towns/staff.ts'
import { townSettings } from '../../cases/towns/townSettings.ts'
import { askToFill } from '../../cases/towns/practice/askToFill.ts'
import { readTraining } from '../../cases/towns/practice/readTraining.ts'
import { trainingCopy } from '../../cases/towns/trainingCopy.ts'
import { CustomsOf, emblemTypes, NewStaff, NewTown, OneMember, StaffChange, TownChange } from '../contract/towns.ts'
import { freshLogin } from '../middleware/freshLogin.ts'
import { read, readBytes } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showCustoms, showSettings, showStaff, showTraining } from '../show/showSettings.ts'
import type { Routes } from '../web.ts'

const MemberToChange = OneMember.extend(StaffChange.shape)
const mostEmblemBytes = 256 * 1024
const administering = [staffOnly, freshLogin('tenant.administer')]

/** The town's settings and people, for its administrator; further towns, for whoever keeps the installation. */
export function addTowns(router: Routes): void {
  router.get('/inbox/town', staffOnly, (ctx) => {
    ctx.body = showSettings(townSettings(ctx.context), ctx.context)
  })

  router.post('/inbox/town', ...administering, read(TownChange, async (ctx, change) => {
    ctx.body = showSettings(await changeTown(ctx.context, change), ctx.context)
  }))

  router.put('/inbox/town/emblem', ...administering, async (ctx) => {
    townSettings(ctx.context) // who may not change the town is not told what a picture must be
    const mediaType = emblemTypes.find((type) => ctx.is(type) === type)
    if (!mediaType) refuse('invalid', 'file-type-not-accepted', { types: [...emblemTypes] })
    const bytes = await readBytes(ctx.req, mostEmblemBytes)
    ctx.body = showSettings(await changeTown(ctx.context, {}, { mediaType, bytes }), ctx.context)
  })

  router.get('/inbox/town/training', staffOnly, async (ctx) => {
    ctx.body = showTraining(await readTraining(ctx.context))
  })

  router.post('/inbox/town/training', ...administering, async (ctx) => {
    ctx.body = { id: (await trainingCopy(ctx.context)).id }
  })

  router.post('/inbox/town/training/fill', ...administering, async (ctx) => {
    await askToFill(ctx.context, { again: true })
    ctx.body = showTraining(await readTraining(ctx.context))
  })

  router.get('/inbox/town/staff', staffOnly, async (ctx) => {
    ctx.body = showStaff(await listStaff(ctx.context), ctx.context)
  })

  router.post('/inbox/town/staff', ...administering, read(NewStaff, async (ctx, person) => {
    await inviteStaff(ctx.context, person)
    ctx.status = 204
  }))

  router.post('/inbox/town/staff/:memberId', ...administering, read(MemberToChange, async (ctx, { memberId, enabled, ...change }) => {
    await changeStaff(ctx.context, memberId, { ...change, ...(enabled === undefined ? {} : { isEnabled: enabled }) })
    ctx.status = 204
  }))

  router.get('/inbox/towns/customs/:country', staffOnly, read(CustomsOf, async (ctx, { country }) => {
    if (!may(ctx.context.actor, 'tenant.add')) refuse('not-allowed', 'not-allowed')
    ctx.body = showCustoms(await ctx.context.installation.customsOf(country))
  }))

  router.post('/inbox/towns', staffOnly, freshLogin('tenant.add'), read(NewTown, async (ctx, { administrator, ...given }) => {
    ctx.body = { id: (await addTown(ctx.context, given, { administrator })).id }
  }))
}
