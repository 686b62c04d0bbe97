import type { Municipality } from '../../zeebe/municipality.ts'

/**
 * The language an act is written in: that of the case where the town conducts proceedings in it, else the town's official one.
 * ZUP art. 4: where a minority language is in official use, the procedure itself runs in it. The script of an act is the official one.
 */
export function actLanguage(tenant: Pick<Municipality, 'officialLanguage' | 'proceedingLanguages'>, caseLanguage: string): string {
  return tenant.proceedingLanguages?.some((each) => each === caseLanguage) ? caseLanguage : tenant.officialLanguage
}
