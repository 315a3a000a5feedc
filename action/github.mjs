import { cut } from './markdown.mjs'
import { isOwn } from './marks.mjs'

// GitHub allows 65,536 characters.
const bodyLimit = 65_000

const patience = 30_000

/** An answer of GitHub that is no success; `status` is that of HTTP, or 0 where there was no answer. */
export class GitHubError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

/**
 * The part of GitHub's REST API that the action uses, for one repository.
 * @param {import('./context.mjs').Context} context
 */
export function gitHub({ api, repository, token, runUrl }) {
  const base = `${api}/repos/${repository}`
  const send = (method, path, body) => request(method, `${base}${path}`, token, body)
  const within = (body) => cut(body, bodyLimit, `[the log of the run](${runUrl}) has all of it`)
  return {
    /** Pull requests that brought a commit. */
    pullsOf: (commit) => all(`${base}/commits/${commit}/pulls?per_page=100`, token),
    /** Our comment on a pull request that begins with a mark. */
    commentOn: async (number, first) =>
      (await all(`${base}/issues/${number}/comments?per_page=100`, token)).find((one) => isOwn(one, first)),
    /** Our open issue that begins with a mark. */
    openIssue: async (first) =>
      (await all(`${base}/issues?state=open&per_page=100`, token)).find(
        (one) => !one.pull_request && isOwn(one, first),
      ),
    addComment: (number, body) => send('POST', `/issues/${number}/comments`, { body: within(body) }),
    editComment: (id, body) => send('PATCH', `/issues/comments/${id}`, { body: within(body) }),
    addIssue: (title, body) => send('POST', '/issues', { title, body: within(body) }),
    editIssue: (number, body) => send('PATCH', `/issues/${number}`, { body: within(body) }),
    closeIssue: (number) => send('PATCH', `/issues/${number}`, { state: 'closed', state_reason: 'completed' }),
  }
}

/**
 * Writes our comment with a mark: the one that is there, or a new one.
 * @param {ReturnType<typeof gitHub>} github
 * @param {number} number
 * @param {{ first: string, body: string }} comment `body` begins with `first`
 */
export async function writeComment(github, number, { first, body }) {
  const earlier = await github.commentOn(number, first)
  return earlier ? github.editComment(earlier.id, body) : github.addComment(number, body)
}

async function all(url, token) {
  const found = []
  for (let next = url; next; ) {
    const { body, link } = await answer('GET', next, token)
    found.push(...body)
    next = nextPage(link, url)
  }
  return found
}

// The token goes nowhere but where the first page is.
function nextPage(link, from) {
  const [, next] = /<([^>]+)>;\s*rel="next"/.exec(link ?? '') ?? []
  return next !== undefined && new URL(next).origin === new URL(from).origin ? next : undefined
}

async function request(method, url, token, body) {
  return (await answer(method, url, token, body)).body
}

async function answer(method, url, token, body) {
  const what = `${method} ${new URL(url).pathname}`
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
      'user-agent': 'sso-reconcile-action',
      'x-github-api-version': '2022-11-28',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patience),
  }).catch((thrown) => {
    throw new GitHubError(`${what} got no answer from GitHub (${thrown.cause?.message ?? thrown.message})`, 0)
  })
  const text = await response.text()
  if (response.ok) return { body: JSON.parse(text), link: response.headers.get('link') }
  throw new GitHubError(`${what} was answered with ${response.status}: ${messageOf(text)}`, response.status)
}

function messageOf(text) {
  try {
    return String(JSON.parse(text).message)
  } catch {
    return text.slice(0, 200)
  }
}
