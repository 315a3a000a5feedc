import { runProgram, type Surroundings } from '../../local/identity/aws-cli.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { shown } from '../../text/shown.ts'
import { environmentFor, type PrivateHome } from '../child-environment.ts'
import { childAs } from '../run-as.ts'
import type { LoginContext } from './context.ts'
import { profileFiles } from './profile.ts'

/** Runs a command as a profile and gives its exit code: 127 when there is no such program, 126 when it may not be run. */
export async function runAs(context: LoginContext, name: string, command: readonly string[]): Promise<number> {
  const surroundings = around(context, name)
  const child = childAs(name, await profileFiles(context), context.runtime.env, privateHome(context))
  if ('refusal' in child) throw new Refusal(child.refusal)
  const { env, left } = child
  if (left.length > 0)
    context.say(`not passed to ${command[0]}, because they would override the profile: ${left.join(', ')}`)
  const ended = await runProgram(command, { ...surroundings, env })
  if ('stderr' in ended) return ended.code
  const why = ended.code === 'ENOENT' ? 'command not found' : `system error ${ended.code}`
  context.runtime.err(`${shown(`error  cannot run ${command[0]}: ${why}`)}\n`)
  return ended.code === 'ENOENT' ? 127 : 126
}

/** What a child of a login sees. */
export function around(context: LoginContext, profile: string | undefined): Surroundings {
  const { runtime } = context
  const { interactive } = runtime.terminal
  const { env } = environmentFor(profile, runtime.env, privateHome(context))
  return { env, interactive, attended: runtime.attended }
}

function privateHome({ home, route }: LoginContext): PrivateHome | undefined {
  return route.sandbox ? { home, endpoint: route.sandbox.url } : undefined
}
