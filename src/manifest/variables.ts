/** A `${…}` that could not be filled in; `token` is what the manifest says, for finding it in the text. */
export interface VariableProblem {
  readonly token: string
  readonly code: 'variable-unset' | 'variable-empty' | 'variable-secret' | 'variable-syntax'
  readonly message: string
  readonly hint: string
}

/** A text with its variables filled in, and those that could not be. */
export interface Expansion {
  readonly text: string
  readonly problems: readonly VariableProblem[]
}

const token = /\$\$\{|\$\{[^}]*\}?/g
const reference = /^\$\{([A-Za-z0-9_]+)\}$/

/** No manifest value is a credential, and what a manifest holds can end up in plans and messages. */
const secret = /^AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)$/

/**
 * Fills `${NAME}` (letters, digits, `_`) from the environment; `$${` becomes a literal `${`. A variable that is set but
 * empty is a problem too: a secret missing in CI reads as empty, and an empty text would clear what it was meant to fill.
 */
export function expand(text: string, env: Readonly<Record<string, string | undefined>>): Expansion {
  const problems: VariableProblem[] = []
  const expanded = text.replace(token, (found) => {
    if (found === '$${') return '${'
    const result = lookUp(found, env)
    if (typeof result === 'string') return result
    problems.push(result)
    return found
  })
  return { text: expanded, problems }
}

function lookUp(found: string, env: Readonly<Record<string, string | undefined>>): string | VariableProblem {
  const name = reference.exec(found)?.[1]
  if (name === undefined) {
    const message = `${JSON.stringify(found)} is not a variable; a variable is written \${NAME}`
    return { token: found, code: 'variable-syntax', message, hint: 'write $${ for a literal ${' }
  }
  if (secret.test(name)) {
    const hint = 'remove it: credentials do not belong into a manifest'
    return { token: found, code: 'variable-secret', message: `the environment variable ${name} is a secret`, hint }
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  if (value !== undefined && value !== '') return value
  const literal = `or write $\${${name}} for a literal \${${name}}`
  return value === undefined
    ? {
        token: found,
        code: 'variable-unset',
        message: unset(name, 'not set'),
        hint: `export ${name} first, ${literal}`,
      }
    : { token: found, code: 'variable-empty', message: unset(name, 'empty'), hint: `give ${name} a value, ${literal}` }
}

function unset(name: string, state: string): string {
  return `the environment variable ${name} is ${state}`
}
