import type { Drawn } from './support/texts.ts'

/** Texts that once came through somewhere, or that everybody knows. */
export const known: readonly (Drawn & { readonly what: string })[] = [
  {
    what: 'orders to a terminal',
    text: '\u001b]8;;https://e.example\u001b\\x\u001b[2J\u009b1A\u001b]0;x\u0007\b\u0000\r',
    place: 1,
  },
  { what: 'lines of a plan', text: '\nNo changes.\n  - user/eve  DELETE\n', place: 0 },
  { what: 'an order to a build log', text: '\n::stop-commands::x\n', place: 1 },
  { what: 'an order to a build log at the start', text: '::error::c', place: 1 },
  { what: 'an order inside a line', text: 'x ##[stop-commands]x ##vso[a]b ::error::c', place: 1 },
  { what: 'what nobody sees', text: '\u202e\u2066\u200b\u00ad\ufeff\u2028\u2029\u0085\u{e0041}\ud800', place: 0.5 },
  { what: 'references', text: '@a #1 GH-1 :tada: $x$ abcdef0', place: 1 },
  { what: 'links', text: 'www.e.example http://e.example a@e.example [a](b) ![a](b)', place: 1 },
  { what: 'elements of a page', text: '"><img src=x onerror=alert(1)></code></td><!-- </script> &lt; `|', place: 1 },
  { what: 'a formula', text: '=cmd()', place: 1 },
  { what: 'a formula behind a tab', text: '\t@SUM(1)', place: 1 },
]
