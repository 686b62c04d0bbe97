/** One page of a simulator around `body`, which is HTML already; the title is text. */
export function page({ lang }: { lang: string }, title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body><main><h1>${text(title)}</h1>${body}</main></body>
</html>`
}

/** Text as HTML shows it: nothing in it is taken for a tag. */
export function text(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `
:root {
  --paper: #F6F4EF; --surface: #fff; --ink: #1B2228; --ink-2: #454D55; --line: #DED9CF; --line-2: #7E786D;
  --link: #0E5764; --late: #A1241B; --focus: #1442A0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171B; --surface: #1A2025; --ink: #EDE9E1; --ink-2: #BFC3C6; --line: #2F373E; --line-2: #7C868E;
    --link: #8CC8D2; --late: #F2A79E; --focus: #A9C7FF;
  }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", Arial, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.875rem; line-height: 1.2 }
h2 { font-size: 1.25rem }
a { color: var(--link) }
table { width: 100%; border-collapse: collapse; background: var(--surface) }
th, td { padding: .6rem .75rem; text-align: start; vertical-align: top; border-block-end: 1px solid var(--line); overflow-wrap: anywhere }
th { color: var(--ink-2); font-weight: 600 }
.sms { margin: 0; padding: 0; list-style: none }
.sms li {
  max-width: 40rem; margin-block-end: .75rem; padding: .75rem 1rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 10px;
}
.sms p { margin-block: .35rem; overflow-wrap: anywhere }
.sms small { color: var(--ink-2) }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .75rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem }
dt { color: var(--ink-2) }
dd { margin: 0; overflow-wrap: anywhere }
pre {
  padding: 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 6px;
  font: inherit; white-space: pre-wrap; overflow-wrap: anywhere;
}
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin-block: 1rem }
.late { color: var(--late); font-weight: 600 }
input, select {
  box-sizing: border-box; width: 100%; max-width: 24rem; min-height: 2.75rem; padding-inline: .75rem; border: 1px solid var(--line-2);
  border-radius: 6px; background: var(--surface); color: var(--ink); font: inherit;
}
button {
  min-height: 2.75rem; padding-inline: 1rem; border: 1px solid var(--line-2); border-radius: 6px;
  background: var(--surface); color: var(--link); font: inherit; cursor: pointer;
}
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }`
