import { error, Refusal } from '../../model/diagnostic.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** `~/.aws/config`, or the file AWS_CONFIG_FILE names. Throws a Refusal where that is in the home of another user. */
export function awsConfigPath(env: Environment, home: string): string {
  return awsPath('AWS_CONFIG_FILE', 'config', env, home)
}

/** `~/.aws/credentials`, or the file AWS_SHARED_CREDENTIALS_FILE names. Throws a Refusal where that is in the home of another user. */
export function credentialsPath(env: Environment, home: string): string {
  return awsPath('AWS_SHARED_CREDENTIALS_FILE', 'credentials', env, home)
}

type Variable = 'AWS_CONFIG_FILE' | 'AWS_SHARED_CREDENTIALS_FILE'

/** An empty variable counts as unset, as it does for the AWS SDKs; the AWS CLI would read no file at all. */
function awsPath(variable: Variable, file: string, env: Environment, home: string): string {
  const named = env[variable]
  if (!named) return `${trimSlashes(home)}/.aws/${file}`
  const path = expandVariables(named, env)
  if (/^~[^/]/.test(path)) throw homeOfOther(variable, named)
  return expandHome(path, home)
}

/** The AWS CLI looks the user up; the SDKs, and we, would take a folder of that name below the current one. */
function homeOfOther(variable: Variable, named: string): Refusal {
  const message = `${variable} is ${named}, a path in the home of another user; expected ~/… or a path from the root`
  const hint = 'write the whole path: the AWS CLI and the AWS SDKs resolve this one differently'
  return new Refusal(error('config-other-home', message, { hint }))
}

/** As Python's os.path.expandvars: `$NAME` and `${NAME}`; what is not set stays as it is written. */
function expandVariables(path: string, env: Environment): string {
  return path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (all, plain?: string, braced?: string) => env[plain ?? braced ?? ''] ?? all,
  )
}

/** As Python's os.path.expanduser for the own home. */
function expandHome(path: string, home: string): string {
  if (path !== '~' && !path.startsWith('~/')) return path
  return `${trimSlashes(home)}${path.slice(1)}` || '/'
}

function trimSlashes(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '')
}
