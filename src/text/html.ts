import { shown, shownLine } from './shown.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML, in an element or in a quoted attribute, with what would steer a reader written out. Pure. */
export function escapeHtml(text: string): string {
  return escaped(shown(text))
}

/** A line of a file or a document as HTML, as `escapeHtml`, but with its tabs. Pure. */
export function escapeHtmlLine(line: string): string {
  return escaped(shownLine(line))
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
