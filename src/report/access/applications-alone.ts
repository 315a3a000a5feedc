import type { ApplicationAccess } from '../../access/application-rows.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import { escapeHtml } from '../../text/html.ts'
import { shownIn } from '../../text/shown.ts'
import { hanging, wrapped } from '../../text/wrap.ts'
import { inline } from '../markdown.ts'
import { diagnosticJson } from '../plan/json.ts'
import {
  applicationRemarks,
  applicationsHtml,
  applicationsJson,
  applicationsMarkdown,
  applicationsText,
} from './applications.ts'
import { accessHead, type PageFacts, pageLine } from './html.ts'
import { type NotChecked, notCheckedJson, notCheckedWords } from './words.ts'

/** A report about applications and nothing else, on a screen. Pure. */
export function applicationsReport(
  access: ApplicationAccess,
  notChecked: NotChecked,
  screen: { readonly width: number; readonly color: boolean },
): string {
  const close = wrapped(notCheckedWords(notChecked), screen.width, 0)
  return `${[...applicationsText(access, screen), '', ...close].join('\n')}\n`
}

/** The same as one document. Pure. */
export function applicationsDocument(
  access: ApplicationAccess,
  notChecked: NotChecked,
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    ...applicationsJson(access),
    not_checked: notCheckedJson(notChecked),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}

/** The same as a Markdown page. Pure. */
export function applicationsPage(access: ApplicationAccess, notChecked: NotChecked): string {
  return `${['# Access', '', ...applicationsMarkdown(access), '', inline(notCheckedWords(notChecked))].join('\n')}\n`
}

/** The same as an HTML page that runs nothing. Pure. */
export function applicationsHtmlPage(access: ApplicationAccess, notChecked: NotChecked, facts: PageFacts): string {
  return `${accessHead('Access to applications', facts)}
<body>
<h1>Access to applications</h1>
${pageLine(facts)}
<p class="faint">${escapeHtml(notCheckedWords(notChecked))}</p>
${applicationsHtml(access)}</body>
</html>
`
}

/** What there is to say beside a table for programs. Pure. */
export function applicationNotes(
  access: ApplicationAccess,
  notChecked: NotChecked,
  { width }: { readonly width: number },
): string {
  const lines = [...applicationRemarks(shownIn(access)), notCheckedWords(notChecked)]
  return `${lines.flatMap((line) => hanging(line, width)).join('\n')}\n`
}
