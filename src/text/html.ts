import { shown } from './shown.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML, in an element or in a quoted attribute, with what would steer a reader written out. Pure. */
export function escapeHtml(text: string): string {
  return shown(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
