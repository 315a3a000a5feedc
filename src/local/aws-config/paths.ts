/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** `~/.aws/config`, or the file AWS_CONFIG_FILE names. */
export function awsConfigPath(env: Environment, home: string): string {
  return awsPath(env.AWS_CONFIG_FILE, 'config', env, home)
}

/** `~/.aws/credentials`, or the file AWS_SHARED_CREDENTIALS_FILE names. */
export function credentialsPath(env: Environment, home: string): string {
  return awsPath(env.AWS_SHARED_CREDENTIALS_FILE, 'credentials', env, home)
}

/** An empty variable counts as unset, as it does for the AWS SDKs; the AWS CLI would read no file at all. */
function awsPath(named: string | undefined, file: string, env: Environment, home: string): string {
  if (!named) return `${trimSlashes(home)}/.aws/${file}`
  return expandHome(expandVariables(named, env), home)
}

/** As Python's os.path.expandvars: `$NAME` and `${NAME}`; what is not set stays as it is written. */
function expandVariables(path: string, env: Environment): string {
  return path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (all, plain?: string, braced?: string) => env[plain ?? braced ?? ''] ?? all,
  )
}

/** As Python's os.path.expanduser for the own home; `~user` stays as it is written. */
function expandHome(path: string, home: string): string {
  if (path !== '~' && !path.startsWith('~/')) return path
  return `${trimSlashes(home)}${path.slice(1)}` || '/'
}

function trimSlashes(path: string): string {
  return path.replace(/\/+$/, '')
}
