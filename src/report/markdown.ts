import { escapeHtml } from '../text/html.ts'
import { shown, shownLine } from '../text/shown.ts'

/** Stands inside what GitHub would link: nobody sees it, and the two sides of it no longer belong together. */
const GAP = '&#8203;'

/**
 * What GitHub makes more of than text: mentions, references to issues and advisories (CVE-…, GHSA-…), commits (7 to 40 hexadecimal digits), addresses of pages and of
 * e-mail, emoji by name and mathematics. All but the last two are made after a backslash has done its work, so it does not help there
 * (GitHub docs, "Autolinked references and URLs", "Writing mathematical expressions"; GFM specification, 6.9 "Autolinks (extension)").
 *
 * GitLab links more: merge requests, milestones, labels and epics (`!1`, `%1`, `~bug`, `&1`), for which a backslash does help, and `[issue:1]`, for which it does not; and it
 * colours `{+ +}` and `[- -]` (GitLab docs, "GitLab Flavored Markdown").
 */
const MEANING =
  /[@#$]|:\/\/|www\.|\b(?:GH|GHSA|CVE)-|:(?=[\w+-]+:)|(?:mailto|xmpp|javascript|https?|ftp):|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])/i

/** A code span has a colour chip where all of it is a colour (GitHub docs, "Basic writing and formatting syntax"). */
const COLOR = /^(?:#[0-9a-f]+$|rgba?\(|hsla?\()/i

/** A text as one line of GitHub's Markdown in which nothing is markup or a link: for cells, list items and headings. */
export function inline(text: string): string {
  const words = shown(text).split(/\s+/u).filter(Boolean)
  return words
    .map(word)
    .join(' ')
    .replace(/^([-+=]|\d+(?=[.)]))/u, (start) => (/\d/.test(start) ? `${start}${GAP}` : `\\${start}`))
}

/** A text as code. Where a code span could be broken by the text, it is HTML, whose content is escaped as such. */
export function code(text: string): string {
  const line = shown(text)
  return isSpan(line) ? `\`${line}\`` : `<code>${literal(line.replace(/\s+/gu, ' '))}</code>`
}

/** A text as code inside of HTML, where Markdown is not read. */
export function htmlCode(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** Lines in a fence that is longer than any fence in them. */
export function fenced(language: string, lines: readonly string[]): string[] {
  const runs = lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)))
  return [fence + language, ...lines.map(shownLine), fence]
}

/** A text for people as a block of code of its own, so that nothing in it is markup or a link. */
export function block(text: string): string {
  return `\n${fenced('text', text.trim().split('\n')).join('\n')}\n`
}

/** A line of a table from cells that are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

// A span keeps what is in it whole, so that an account id or an address can still be copied.
function word(text: string): string {
  if (!MEANING.test(text)) return literal(text)
  const [before = ''] = /^[("'[]*/u.exec(text) ?? []
  const rest = text.slice(before.length)
  const [end = ''] = /(?<![)"'\].,;:!?])[)"'\].,;:!?]*$/u.exec(rest) ?? []
  // Wildcards that end the ARN of a role.
  const after = end.replace(/^\?{2,}/, '')
  const inner = rest.slice(0, rest.length - after.length)
  return isSpan(inner) && !/[[\](){}!*~]/.test(inner)
    ? `${literal(before)}\`${inner}\`${literal(after)}`
    : literal(text)
}

function isSpan(text: string): boolean {
  return /^[^\s`|\\<>&]+$/u.test(text) && !COLOR.test(text)
}

/** A text with its markup escaped and a gap in all that would be linked. A backslash before a letter is none to Markdown. */
function literal(text: string): string {
  return text
    .replace(/[@#$|`*_[\]<>~&!]|%(?=[\w"])|\\(?=[!-/:-@[-`{-~]|$)/gu, plain)
    .replace(/\\\[(?=[+-]|[a-z_\\]+:)|\{(?=[+-])/giu, `$&${GAP}`)
    .replace(/:(?=\/\/)|:(?=[\w+-]+:)|\b(?:GH|GHSA|CVE)-/giu, `$&${GAP}`)
    .replace(/www(?=\.)|\b(?:mailto|xmpp)(?=:)/giu, `$&${GAP}`)
    .replace(/(?<![0-9a-z&#])[0-9a-f]{7,}(?![0-9a-z])/giu, (digits) => digits.replace(/.{6}(?=.)/g, `$&${GAP}`))
}

// `$` is taken for the border of a formula wherever it stands alone; its documented escape is an element around it.
function plain(sign: string): string {
  if (sign === '@' || sign === '#') return `${sign}${GAP}`
  if (sign === '$') return '<span>$</span>'
  return `\\${sign}`
}
