import { escapeHtml } from '../../text/html.ts'
import type { Response } from '../wire/exchange.ts'

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
.notice{border:2px solid #b35900;background:#fff4e5;padding:.5rem 1rem;margin-bottom:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem;border-bottom:1px solid #d0d7de}
button,select,input{font:inherit;padding:.3rem .8rem;margin-right:.5rem}code{font-size:1.1em}`

/** A page a person sees; each says that it is not AWS. `body` is HTML. */
export function htmlPage(
  title: string,
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const notice =
    '<p class="notice"><strong>This is not AWS.</strong> It is the sso-reconcile sandbox on this machine: ' +
    'it signs you in to nothing real and asks for no password.</p>'
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} (not AWS)</title>`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      ...headers,
    },
    body: `<!doctype html><html lang="en"><head>${head}<style>${style}</style></head><body>${notice}<h1>${escapeHtml(title)}</h1>${body}</body></html>\n`,
  }
}

/** A form whose hidden fields come back with the button that was pressed. */
export function form(action: string, hidden: Readonly<Record<string, string>>, body: string): string {
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  return `<form method="post" action="${escapeHtml(action)}">${fields.join('')}${body}</form>`
}

/** A choice among users, by name. */
export function userChoice(names: readonly string[]): string {
  const options = names.map((name) => `<option>${escapeHtml(name)}</option>`)
  return `<label>Sign in as <select name="user">${options.join('')}</select></label>`
}

/** A redirect the browser follows with GET. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return { status: 303, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' }
}
