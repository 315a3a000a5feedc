import { gitHub } from './github.mjs'
import { mark, reviewedIn } from './marks.mjs'

const goOn =
  'To go on, make a plan in a pull request with this action and merge it, or read a plan and name its digest: args: --expect DIGEST'

/**
 * The plan that was reviewed on the pull request that brought this commit; throws where there is none, so that nothing is applied unseen.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<{ pull: number, digest: string, only?: string }>}
 */
export async function reviewed(context) {
  const { event, branch, commit, manifest } = context
  if (event === 'pull_request')
    throw new Error(`Nothing was applied: apply runs after the merge (on: push); this is ${event}. ${goOn}`)
  const github = gitHub(context)
  const pull = merged(await github.pullsOf(commit), context)
  if (pull === undefined)
    throw new Error(`Nothing was applied: no merged pull request into ${branch} brought the commit ${commit}. ${goOn}`)
  const own = await github.commentOn(pull, mark('plan', manifest))
  const plan = own && reviewedIn(own.body)
  if (plan) return { pull, ...plan }
  const found = own ? 'has a plan that cannot be applied' : `has no plan of github-actions[bot] for ${manifest}`
  throw new Error(`Nothing was applied: pull request #${pull} ${found}. ${goOn}`)
}

/** The number of the one pull request that was merged as this commit, or that brought it. */
function merged(pulls, { branch, commit }) {
  const here = pulls.filter(({ merged_at: at, base }) => at && base?.ref === branch)
  const exact = here.filter(({ merge_commit_sha: sha }) => sha === commit)
  const [one, another] = exact.length > 0 ? exact : here
  return another === undefined ? one?.number : undefined
}
