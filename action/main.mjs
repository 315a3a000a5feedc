import { apply } from './apply.mjs'
import { contextOf } from './context.mjs'
import { drift } from './drift.mjs'
import { due } from './due.mjs'
import { plan } from './plan.mjs'
import { provide } from './program.mjs'
import { annotate, setOutputs } from './runner.mjs'

const commands = { plan, apply, drift, due }

/** Does what the inputs ask for; gives the exit code and the outputs. */
async function main() {
  const context = contextOf(process.env)
  if (context.outsiders)
    throw new Error(
      `sso-reconcile does not run on ${context.event} of a pull request, which would give pull requests from forks your credentials; use on: pull_request`,
    )
  provide(context)
  return commands[context.command](context)
}

const { code, outputs } = await main().catch((thrown) => {
  annotate('error', thrown.message)
  return { code: 1, outputs: {} }
})
setOutputs({ ...outputs, 'exit-code': code })
process.exitCode = code
