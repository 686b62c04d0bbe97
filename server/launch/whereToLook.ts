import { demoPassword } from './demoPassword.ts'
import type { Running } from './startAll.ts'

/** The last words of a start: where to look, and who to sign in as. */
export function whereToLook({ publicUrl, keycloakUrl, mailsUrl, municipalities, readyAfterMs }: Running): string {
  const towns = municipalities.map(({ id, names, people }) => {
    const citizens = people.filter(({ roles }) => roles.includes('citizen')).map(({ username }) => username)
    const staff = people.filter(({ roles }) => !roles.includes('citizen'))
    return [
      `  ${names.en}`,
      `    portal   ${publicUrl}/${id}/            citizens: ${citizens.join(', ')}`,
      `    inbox    ${publicUrl}/${id}/inbox       staff: ${staff.map(({ username, roles }) => `${username} (${roles[0]})`).join(', ')}`,
    ].join('\n')
  })
  return [
    '',
    `  Šalter is ready after ${seconds(readyAfterMs.all)} (${seconds(readyAfterMs.withoutKeycloak)} without Keycloak).`,
    '',
    ...towns,
    '',
    `  Everyone's password is ${demoPassword}. The people and their numbers are invented.`,
    ...(mailsUrl ? [`  Mails that were sent: ${mailsUrl}`] : []),
    `  Keycloak: ${keycloakUrl}/admin (salter-admin; its password is in secrets.json of the data folder)`,
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
