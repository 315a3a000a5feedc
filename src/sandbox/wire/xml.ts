import type { Response } from './exchange.ts'

/** An answer in XML. */
export function xml(status: number, body: string): Response {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

/** A text as it stands between tags. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An element with content that is XML already. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

/** A text in the encoding in which IAM gives documents. */
export function rfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
