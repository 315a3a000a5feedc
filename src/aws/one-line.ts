/** What AWS says, as a sentence can hold it: some answers carry line breaks or whole documents. */
export function oneLine(text: string): string {
  const flat = unsigned(text).replace(/\s+/gu, ' ').trim()
  return flat.length > 300 ? `${flat.slice(0, 300)}…` : flat
}

// A refused signature is answered with what was signed, credentials included.
function unsigned(text: string): string {
  return text
    .replace(/(The canonical string|The Canonical String)[\s\S]*/i, '')
    .replace(/(x-amz-security-token|authorization)\s*[:=]\s*\S+/gi, '$1 (hidden)')
    .replace(/Deserialization error: to see the raw response.*$/is, '')
}
