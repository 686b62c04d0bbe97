/**
 * What stands behind `#` in the address: the token of the mail's link, or the code of the slip's picture. No server reads that part.
 * The code waits on this device for the link, so that nobody types what they have scanned.
 */
export interface ActivationAddress {
  token: string
  code: string
}

const place = 'salter.slip-code'

/** Reads the address and takes what it says out of it, so that it does not stay in the history. */
export function readAddress(): ActivationAddress {
  const said = decodeURIComponent(window.location.hash.slice(1))
  if (said === '') return { token: '', code: '' }
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  if (said.startsWith('code=')) {
    const code = said.slice('code='.length).slice(0, 20)
    window.localStorage.setItem(place, code)
    return { token: '', code }
  }
  return { token: said, code: window.localStorage.getItem(place) ?? '' }
}

/** The code has done its work. */
export function forgetCode(): void {
  window.localStorage.removeItem(place)
}

/** The code as the slip shows it: two groups of four. */
export function inFours(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
