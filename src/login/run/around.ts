import { runProgram, type Surroundings } from '../../local/identity/aws-cli.ts'
import { environmentFor } from '../child-environment.ts'
import type { LoginContext } from './context.ts'

/** Runs a command as a profile and gives its exit code: 127 when there is no such program, 126 when it may not be run. */
export async function runAs(context: LoginContext, name: string, command: readonly string[]): Promise<number> {
  const { left } = environmentFor(name, context.runtime.env)
  if (left.length > 0) context.say(`left out for ${command[0]}, as they would win over the profile: ${left.join(', ')}`)
  const ended = await runProgram(command, around(context, name))
  if ('stderr' in ended) return ended.code
  const why = ended.code === 'ENOENT' ? 'there is no such program' : `the system says ${ended.code}`
  context.runtime.err(`error  cannot run ${command[0]}: ${why}\n`)
  return ended.code === 'ENOENT' ? 127 : 126
}

/** What a child of a login sees. */
export function around({ runtime, home, route }: LoginContext, profile: string): Surroundings {
  const sandbox = route.sandbox ? { home, endpoint: route.sandbox.url } : undefined
  const { interactive } = runtime.terminal
  return { env: environmentFor(profile, runtime.env, sandbox).env, interactive, attended: runtime.attended }
}
