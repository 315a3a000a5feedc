import { escapeHtml } from '../text/html.ts'

/** What a browser is shown when it comes back. */
interface PageText {
  readonly title: string
  readonly text: string
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}}`

/** A page of this program, complete in itself. */
function page({ title, text }: PageText): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`
  return `<!doctype html><html lang="en"><head>${head}<style>${style}</style></head><body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></body></html>\n`
}

/** The login is in the cache. */
export function signedInPage(session: string): string {
  return page({ title: 'Signed in', text: `You are signed in to ${session}. You can close this window.` })
}

/** The login did not come about; why is said in the terminal. */
export const failedPage = page({
  title: 'Not signed in',
  text: 'The sign-in was not completed. The terminal says why. You can close this window.',
})

/** A page that was left open by an earlier login, or a program that guesses. */
export const strangerPage = page({
  title: 'Nothing to do here',
  text: 'This page does not belong to the login that is waiting now. You can close this window.',
})
