import { z } from 'zod'
import { refuse } from '../../base/errors.ts'
import { procedureOf, searchCatalogue } from '../../cases/catalogue.ts'
import { foretellFee } from '../../cases/foretellFee.ts'
import { titleOf, wordsOf } from '../../cases/words.ts'
import { AskFee, CatalogueQuery, type Catalogue, type ForetoldFee, type ProcedurePage, type StartForm } from '../contract/catalogue.ts'
import { Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { townOf } from '../middleware/townOf.ts'
import { showForm } from '../show/showForm.ts'
import type { Routes } from '../web.ts'

const OneProcedure = z.object({ procedure: z.string().max(60) })
const ProcedureQuery = OneProcedure.extend({ language: Language })

/** What the town offers: the list, a procedure's page, the form it begins with, and what its answers cost. */
export function addCatalogue(router: Routes): void {
  router.get('/:tenant/catalogue', townOf, read(CatalogueQuery, (ctx, query) => {
    ctx.body = searchCatalogue(ctx.context, query) satisfies Catalogue
  }))

  router.get('/:tenant/procedures/:procedure', townOf, read(ProcedureQuery, (ctx, { procedure, language }) => {
    ctx.body = procedureOf(ctx.context, procedure, language) satisfies ProcedurePage
  }))

  router.get('/:tenant/procedures/:procedure/form', townOf, read(ProcedureQuery, (ctx, { procedure, language }) => {
    const { country } = ctx.town
    const pack = ctx.context.packages.newest(procedure) ?? refuse('not-found', 'procedure-not-offered')
    ctx.body = {
      procedure,
      title: titleOf(pack, language, country),
      packageVersion: pack.version,
      schema: showForm(pack, pack.procedure.startForm, wordsOf(pack, language, country), country),
      // Conditions of the form may ask in which country it is filled in.
      initial: { country },
    } satisfies StartForm
  }))

  router.post('/:tenant/procedures/:procedure/fee', townOf, read(OneProcedure.extend(AskFee.shape), async (ctx, request) => {
    ctx.body = { fee: await foretellFee(ctx.context, request) } satisfies ForetoldFee
  }))
}
