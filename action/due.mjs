import { applied } from './apply.mjs'

/**
 * `due`: applies what the time decides, and nothing else: grants that end or begin by the file, and revocations that are over.
 * @param {import('./context.mjs').Context} context
 */
export async function due(context) {
  // Whoever proposes a file must not decide whose time is over.
  if (context.event.startsWith('pull_request'))
    throw new Error(
      `Nothing was applied: due runs on the branch that is applied (on: schedule or push); this is ${context.event}`,
    )
  const { code, outputs } = await applied(context, [...context.args, '--due', '--yes'])
  return { code, outputs }
}
