import { gitHub } from './github.mjs'
import { mark } from './marks.mjs'
import { planned } from './planned.mjs'

/**
 * `drift`: keeps one issue open while AWS differs from the file. Where that is unknown, the issue stays as it is and the step fails.
 * @param {import('./context.mjs').Context} context
 */
export async function drift(context) {
  const result = await planned(context)
  const { code, outputs, complete, changes } = result
  if (!complete) return { code: code || 1, outputs }
  const first = mark('drift', context.manifest)
  const github = gitHub(context)
  const issue = await github.openIssue(first)
  if (changes > 0) await report(github, issue, bodyOf(first, result, context), context)
  else if (issue && code === 0) await close(github, issue, context)
  return { code, outputs }
}

function bodyOf(first, { markdown }, { manifest, runUrl }) {
  const why = `AWS differs from \`${manifest.replace(/[`\n]/g, '')}\`. Apply the file, or change it to what AWS has; this issue is updated by each run and closed when both agree.`
  return [first, '', why, '', markdown.trim(), '', `Found by [this run](${runUrl}), whose log has all of it.`].join(
    '\n',
  )
}

function report(github, issue, body, { manifest }) {
  if (issue) return github.editIssue(issue.number, body)
  return github.addIssue(`AWS differs from ${manifest}`, body)
}

// Closed last: an issue that says why it ends, and is still open, is found again.
async function close(github, issue, { runUrl }) {
  await github.addComment(issue.number, `AWS and the file agree again ([run](${runUrl})).`)
  await github.closeIssue(issue.number)
}
