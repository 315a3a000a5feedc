import { sha256 } from '../plan/digest.ts'
import { escapeHtml } from '../text/html.ts'

/** What stands in the head of a page. */
interface PageHead {
  readonly title: string
  readonly style: string
  /** The only script that may run; none by default. */
  readonly script?: string
}

/** The beginning of a page that needs nothing else; its own policy forbids the browser to load or run anything but what is given. Pure. */
export function pageHead({ title, style, script }: PageHead): string {
  const scripts = script === undefined ? '' : ` script-src '${hash(script)}';`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(style)}';${scripts} base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>`
}

/** A moment as pages give it: `2026-11-22 09:30 UTC`. */
export function momentWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

// The browser compares the hash with the very text between the tags.
function hash(text: string): string {
  return `sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}`
}
