import { demoPassword } from './demoPassword.ts'
import type { Running } from './startAll.ts'

/** The last words of a start: where to look, and who to sign in as. */
export function whereToLook({ publicUrl, keycloakUrl, mailsUrl, smsUrl, bankUrl, certificates, municipalities, readyAfterMs }: Running): string {
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
    ...(smsUrl ? [`  Text messages that were sent: ${smsUrl}`] : []),
    ...(bankUrl ? [`  A bank that moves no money: ${bankUrl}`] : []),
    ...(certificates ? [`  ${eSignature(certificates)}`] : []),
    `  Keycloak: ${keycloakUrl}/admin (salter-admin; its password is in secrets.json of the data folder)`,
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n')
}

/** How to try the e-signature: the demo's certificates are files, where people have cards. */
function eSignature(folder: string): string {
  return [
    `E-signature: import a citizen's certificate, ${folder}/<user name>.p12 (same password), into the browser:`,
    '    Chrome, Edge   Settings, Privacy and security, Security, Manage certificates, Your certificates, Import',
    '    Firefox        Settings, Privacy & Security, Certificates, View Certificates, Your Certificates, Import',
    '    Then choose "Sign in with e-signature" at the login. The browser warns of the door\'s own demo certificate: go on.',
    '    Files that end in -expired and -revoked show what happens to those. Their authorities are simulated.',
  ].join('\n')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
