/** The small picture in a browser's tab: the town's own accent with our letter, as an address that needs no request. */
export function iconAddress(color: string): string {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${color}"/>`
    + '<path d="M8 27V15a8 8 0 0 1 16 0v12M6 27h20M11 19h10" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>'
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}
