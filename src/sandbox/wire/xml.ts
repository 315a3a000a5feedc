import type { Response } from './exchange.ts'

/** An answer in XML. */
export function xml(status: number, body: string): Response {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

/** A text as it stands between tags. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
