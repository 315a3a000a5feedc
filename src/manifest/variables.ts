import { secretLook } from '../model/secret.ts'

/** A `${…}` that could not be filled in; `token` is what the manifest says, for finding it in the text. */
export interface VariableProblem {
  readonly token: string
  readonly code: 'variable-unset' | 'variable-empty' | 'variable-secret' | 'variable-syntax' | 'variable-not-allowed'
  readonly message: string
  readonly hint: string
  /** The variable, where the run does not allow it. */
  readonly name?: string
}

/** A text with its variables filled in, and those that could not be. */
export interface Expansion {
  readonly text: string
  readonly problems: readonly VariableProblem[]
}

/** The variables of a run, and which of them a manifest may take. */
export interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Names beside those that begin with `SSO_`, which are always allowed. */
  readonly allowed: ReadonlySet<string>
}

const token = /\$\$\{|\$\{[^}]*\}?/g
const reference = /^\$\{([A-Za-z0-9_]+)(?::-([^}]*))?\}$/

/**
 * Fills `${NAME}` (letters, digits, `_`) and `${NAME:-default}` from the environment; `$${` becomes a literal `${`. Only variables that
 * the run allows are taken, since a manifest may come from somebody else, and none that looks like a secret, since what a manifest holds
 * is shown. Without a default a variable that is set but empty is a problem too: one that is missing in CI reads as empty, and an
 * empty text would clear what it was meant to fill.
 */
export function expand(text: string, variables: Variables): Expansion {
  const problems: VariableProblem[] = []
  const expanded = text.replace(token, (found) => {
    if (found === '$${') return '${'
    const result = lookUp(found, variables)
    if (typeof result === 'string') return result
    problems.push(result)
    return found
  })
  return { text: expanded, problems }
}

function lookUp(found: string, { env, allowed }: Variables): string | VariableProblem {
  const [, name, fallback] = reference.exec(found) ?? []
  if (name === undefined) return noVariable(found)
  if (secretLook(name) !== undefined) return secret(found, name, secretLook(name))
  if (!name.startsWith('SSO_') && !allowed.has(name)) return notAllowed(found, name)
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  if (secretLook(name, value) !== undefined) return secret(found, name, secretLook(name, value))
  if (value !== undefined && value !== '') return value
  return fallback ?? missing(found, name, value)
}

function noVariable(found: string): VariableProblem {
  const message = `${JSON.stringify(found)} is not a valid variable; write \${NAME} or \${NAME:-default}`
  return { token: found, code: 'variable-syntax', message, hint: 'write $${ for a literal ${' }
}

function secret(found: string, name: string, look: string | undefined): VariableProblem {
  const hint =
    'remove it: manifest values are shown in plans and stored in AWS; if it is not a secret, use another name'
  return { token: found, code: 'variable-secret', message: `the environment variable ${name} ${look}`, hint }
}

function notAllowed(found: string, name: string): VariableProblem {
  const message = `the environment variable ${name} is not allowed in this manifest`
  return { token: found, code: 'variable-not-allowed', message, hint: howToAllow([name]), name }
}

/** More names than anybody would type. */
const manyNames = 100

/** What to add so that a manifest may take these variables. */
export function howToAllow(names: readonly string[]): string {
  if (names.length > manyNames)
    return `it uses ${names.length} variables: add --env for each, starting with --env ${names[0]}, or use names that begin with SSO_, which need no --env`
  const flags = names.map((name) => `--env ${name}`).join(' ')
  return `add ${flags}, or set SSO_RECONCILE_ENV=${names.join(',')}; names that begin with SSO_ need neither`
}

function missing(found: string, name: string, value: string | undefined): VariableProblem {
  const literal = `or write $\${${name}} for a literal \${${name}}`
  return value === undefined
    ? {
        ...{ token: found, code: 'variable-unset', message: `the environment variable ${name} is not set` },
        hint: `export ${name} first, ${literal}`,
      }
    : {
        ...{ token: found, code: 'variable-empty', message: `the environment variable ${name} is empty` },
        hint: `give ${name} a value, ${literal}`,
      }
}
