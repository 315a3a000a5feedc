/**
 * The first bytes of a comment or issue of ours about a manifest; nobody sees them. The name cannot end them.
 * @param {'plan' | 'apply' | 'drift'} what
 * @param {string} manifest
 */
export function mark(what, manifest) {
  return `<!-- sso-reconcile ${what} ${encodeURIComponent(manifest).replace(/-/g, '%2D')} -->`
}

/**
 * The second line of a plan's comment: what `apply` takes as reviewed.
 * @param {string} digest
 * @param {readonly string[]} [only] The sections of a partial plan
 */
export function digestMark(digest, only) {
  return `<!-- sso-reconcile digest ${digest}${only ? ` only ${only.join(',')}` : ''} -->`
}

/**
 * What a plan's comment says was reviewed; undefined where its plan cannot be applied. Only the second line counts, because the rest holds names that others choose.
 * @param {string} body
 * @returns {{ digest: string, only?: string } | undefined}
 */
export function reviewedIn(body) {
  const [, line = ''] = body.split(/\r?\n/)
  const [, digest, only] = /^<!-- sso-reconcile digest ([0-9a-f]{64})(?: only ([a-z,-]+))? -->$/.exec(line) ?? []
  return digest === undefined ? undefined : { digest, ...(only === undefined ? {} : { only }) }
}

/**
 * True for what the job's own token wrote. Anybody can write the same first line.
 * @param {{ body?: string | null, user?: { login?: string, type?: string } | null }} entry
 * @param {string} first
 */
export function isOwn({ body, user }, first) {
  return user?.login === 'github-actions[bot]' && user.type === 'Bot' && (body ?? '').startsWith(first)
}
