const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML, in an element or in a quoted attribute. Control characters become a dot: a name must not steer what shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/\p{Cc}/gu, '·').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
