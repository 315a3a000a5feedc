import { GitHubError, gitHub, writeComment } from './github.mjs'
import { digestMark, mark } from './marks.mjs'
import { planned } from './planned.mjs'
import { annotate } from './runner.mjs'

/**
 * `plan`: shows what would change, in one comment on the pull request that is updated in place.
 * @param {import('./context.mjs').Context} context
 */
export async function plan(context) {
  const result = await planned(context)
  const { code, outputs } = result
  if (!context.comment || context.pull === undefined) return { code, outputs }
  const first = mark('plan', context.manifest)
  const delivered = await delivery(context, { first, body: bodyOf(first, result, context) })
  return { code: delivered ? code : code || 1, outputs }
}

function bodyOf(first, { digest, only, markdown }, { commit, runUrl }) {
  const made = `Planned for \`${commit.slice(0, 12)}\` by [this run](${runUrl}), whose log has all of it.`
  // An empty second line says that there is nothing to apply.
  return [first, digest === undefined ? '' : digestMark(digest, only), '', markdown.trim(), '', made].join('\n')
}

/** False where the comment that is there may be about another plan. */
async function delivery(context, comment) {
  try {
    await writeComment(gitHub(context), context.pull, comment)
    return true
  } catch (thrown) {
    if (!(thrown instanceof GitHubError)) throw thrown
    if (thrown.status === 403 && !/rate limit/i.test(thrown.message)) {
      annotate(
        'notice',
        'This token may not comment here (on pull requests from forks, or without "pull-requests: write"); the plan is in the job summary.',
      )
      return true
    }
    annotate(
      'error',
      `The plan is not on the pull request: ${thrown.message}. Run this job again; what an earlier comment shows may be out of date.`,
    )
    return false
  }
}
