import type { TokenIssuer, TokenIssuers } from '../../access/token-issuers.ts'
import type { JsonObject } from '../../model/json.ts'
import { escapeHtml } from '../../text/html.ts'
import { shownIn } from '../../text/shown.ts'
import { hanging, listItem } from '../../text/wrap.ts'
import { inline } from '../markdown.ts'

/** True where there is anything to tell of trusted token issuers. Pure. */
function concernsIssuers(seen: TokenIssuers | undefined): seen is TokenIssuers {
  return seen !== undefined && (seen.issuers.length > 0 || seen.unread !== undefined)
}

const heading = 'Trusted token issuers, whose tokens applications may accept for users'

function lineOf({ name, issuer_url, claim, attribute, type }: TokenIssuer): string {
  if (type !== undefined) return `${name}: type ${type}, which is unknown`
  return `${name}: ${issuer_url}, for the user whose ${attribute} equals the claim ${claim}`
}

function unreadLine(why: string): string {
  return `Trusted token issuers were not checked: ${why}.`
}

/** As lines of a report, a blank one first; none where there is nothing to tell. Pure. */
export function issuersText(seen: TokenIssuers | undefined, width: number): readonly string[] {
  if (!concernsIssuers(seen)) return []
  const { issuers, unread } = shownIn(seen)
  return [
    '',
    ...(issuers.length > 0 ? hanging(`${heading}:`, width) : []),
    ...issuers.flatMap((one) => listItem(lineOf(one), width, 2)),
    ...(unread === undefined ? [] : hanging(unreadLine(unread), width)),
  ]
}

/** As a part of a Markdown page. Pure. */
export function issuersMarkdown(seen: TokenIssuers | undefined): readonly string[] {
  if (!concernsIssuers(seen)) return []
  const { issuers, unread } = seen
  return [
    ...(issuers.length > 0 ? ['', `${heading}:`, '', ...issuers.map((one) => `- ${inline(lineOf(one))}`)] : []),
    ...(unread === undefined ? [] : ['', inline(unreadLine(unread))]),
  ]
}

/** As a part of an HTML page. Pure. */
export function issuersHtml(seen: TokenIssuers | undefined): string {
  if (!concernsIssuers(seen)) return ''
  const { issuers, unread } = seen
  const lines = issuers.map((one) => `<li>${escapeHtml(lineOf(one))}`)
  const list = lines.length > 0 ? `<h2>${heading}</h2>\n<ul>\n${lines.join('\n')}\n</ul>\n` : ''
  return `${list}${unread === undefined ? '' : `<p>${escapeHtml(unreadLine(unread))}</p>\n`}`
}

/** As members of a document; none where nobody asked. Pure. */
export function issuersJson(seen: TokenIssuers | undefined): JsonObject {
  if (seen === undefined) return {}
  return {
    trusted_token_issuers: seen.issuers.map((one) => ({ ...one })),
    ...(seen.unread === undefined ? {} : { trusted_token_issuers_unread: seen.unread }),
  }
}
