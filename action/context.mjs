import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { wordsOf } from './words.mjs'

const commands = ['plan', 'apply', 'drift', 'due']

/**
 * What a run of the action is told: its inputs, and what the runner says about the event.
 * @typedef {object} Context
 * @property {'plan' | 'apply' | 'drift' | 'due'} command
 * @property {string} file The manifest as it was given; empty for the default
 * @property {string} manifest The manifest from the root of the repository, as comments name it
 * @property {string[]} args
 * @property {string} version
 * @property {string} sha256 Sum of the package to install; empty where any is taken
 * @property {string} directory
 * @property {string} workspace Where the repository is checked out
 * @property {string} token
 * @property {boolean} comment
 * @property {string} event Name of the event
 * @property {boolean} outsiders The event has the rights of the branch that is merged into, and anybody may cause it
 * @property {number | undefined} pull Number of the pull request of the event
 * @property {string} repository
 * @property {string} commit
 * @property {string} branch
 * @property {string} api
 * @property {string} runUrl
 */

/**
 * Reads the inputs and the variables of the runner; throws where an input is none of what is expected.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Context}
 */
export function contextOf(env) {
  const payload = payloadAt(env.GITHUB_EVENT_PATH)
  const directory = env.INPUT_WORKING_DIRECTORY || '.'
  const file = env.INPUT_FILE ?? ''
  return {
    command: oneOf('command', env.INPUT_COMMAND || 'plan', commands),
    file,
    manifest: posix.join(directory, file || env.SSO_RECONCILE_FILE || 'sso.yaml'),
    args: wordsOf(env.INPUT_ARGS ?? ''),
    version: versionOf(env.INPUT_VERSION ?? ''),
    sha256: sumOf(env.INPUT_SHA256 ?? ''),
    directory,
    workspace: env.GITHUB_WORKSPACE ?? '',
    token: env.INPUT_GITHUB_TOKEN ?? '',
    comment: oneOf('comment', env.INPUT_COMMENT || 'true', ['true', 'false']) === 'true',
    event: env.GITHUB_EVENT_NAME ?? '',
    outsiders: isOfOutsiders(env.GITHUB_EVENT_NAME, payload),
    pull: payload.pull_request?.number,
    commit: payload.pull_request?.head?.sha ?? env.GITHUB_SHA ?? '',
    ...placeOf(env),
  }
}

function placeOf(env) {
  const repository = env.GITHUB_REPOSITORY ?? ''
  const server = env.GITHUB_SERVER_URL || 'https://github.com'
  return {
    repository,
    branch: env.GITHUB_REF_NAME ?? '',
    api: env.GITHUB_API_URL || 'https://api.github.com',
    runUrl: `${server}/${repository}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
  }
}

// Who checks out the pull request in such a run plans with the rights of the repository what anybody may have written.
function isOfOutsiders(event, { workflow_run: run, issue }) {
  return (
    event === 'pull_request_target' ||
    (event === 'workflow_run' && String(run?.event).startsWith('pull_request')) ||
    (event === 'issue_comment' && issue?.pull_request !== undefined)
  )
}

function payloadAt(path) {
  return path ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

function oneOf(name, value, known) {
  if (known.includes(value)) return value
  throw new Error(`${name}: expected ${known.join(', ')}; found ${JSON.stringify(value)}`)
}

function sumOf(value) {
  const sum = value.replace(/^sha256:/, '').toLowerCase()
  if (sum === '' || /^[0-9a-f]{64}$/.test(sum)) return sum
  throw new Error(`sha256: expected 64 hexadecimal digits; found ${JSON.stringify(value)}`)
}

// It becomes a word of npm, where an address or a path would mean another package.
function versionOf(value) {
  if (/^[0-9A-Za-z][0-9A-Za-z.+-]*$/.test(value)) return value
  throw new Error(`version: expected a version as 0.1.0; found ${JSON.stringify(value)}`)
}
