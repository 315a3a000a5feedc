import type { Address } from './address.ts'

/** A place in a text file. Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Column behind the last marked character when the marked text ends on the same line. */
  readonly endColumn?: number
}

/**
 * Something a person should know. `code` is stable and for machines, `message` is one plain sentence in lower case
 * without a full stop that says what was found and what was expected, `hint` says what to do next.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly at?: Position
  /** A desired thing that is not what the manifest says, because of something that no plan changes: nothing may be said to match. */
  readonly unmet?: Address
  /** Things that no plan makes what the manifest says, so that a plan is an error; a manifest that says what is live of one of them is none. */
  readonly adoptable?: readonly Address[]
}

/** Stops a run with diagnostics a person can act on. Anything else that is thrown is a defect of ours. */
export class Refusal extends Error {
  readonly diagnostics: readonly Diagnostic[]
  /** A last line for a person, such as how many errors there are and what was not done because of them. */
  readonly summary: string | undefined
  /** The one thing that stands in the way, where the rest could go on without it. */
  readonly about: Address | undefined

  constructor(
    diagnostics: Diagnostic | readonly Diagnostic[],
    options: { cause?: unknown; summary?: string; about?: Address | undefined } = {},
  ) {
    const list: readonly Diagnostic[] = 'code' in diagnostics ? [diagnostics] : diagnostics
    super(list.map((one) => one.message).join('; '), 'cause' in options ? { cause: options.cause } : {})
    this.summary = options.summary
    this.about = options.about
    this.name = 'Refusal'
    this.diagnostics = list
  }
}

/** An error diagnostic; the short spelling of the literal that most callers need. */
export function error(
  code: string,
  message: string,
  rest: Omit<Diagnostic, 'severity' | 'code' | 'message'> = {},
): Diagnostic {
  return { severity: 'error', code, message, ...rest }
}

/** A warning diagnostic. */
export function warning(
  code: string,
  message: string,
  rest: Omit<Diagnostic, 'severity' | 'code' | 'message'> = {},
): Diagnostic {
  return { severity: 'warning', code, message, ...rest }
}

/** The same diagnostic as a warning. */
export function asWarning(one: Diagnostic): Diagnostic {
  return { ...one, severity: 'warning' }
}

/** True when an error is a refusal with this code. */
export function refusedWith(thrown: unknown, code: string): thrown is Refusal {
  return thrown instanceof Refusal && thrown.diagnostics.some((one) => one.code === code)
}

/** The one sentence of anything thrown, for places that cannot show a whole diagnostic. */
export function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
