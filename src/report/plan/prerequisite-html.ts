import type { Prerequisite } from '../../plan/prerequisite.ts'
import { escapeHtml } from '../../text/html.ts'
import { pageHead } from '../html.ts'
import { style } from './html-style.ts'
import { nothingElse } from './prerequisite.ts'

/** A prerequisite as a page of its own, before anything else can be planned. Pure. */
export function prerequisiteHtml({ address, verb, reason, effect }: Prerequisite): string {
  const sign = verb === 'create' ? '+' : '~'
  return `${pageHead({ title: 'Plan', style })}
<body>
<h1>Prerequisites</h1>
<article class="${verb}"><h3><span class="sign">${sign}</span> <strong>${verb}</strong> <code>${escapeHtml(address)}</code></h3>
<ul>
<li>${escapeHtml(reason)}
<li>${escapeHtml(effect)}
</ul>
</article>
<p>${escapeHtml(nothingElse)}</p>
</body>
</html>
`
}
