import type { Evidence } from './evidence.ts'

/** How bad a finding is: `problem` stops the tool or a login from working, `warning` will surprise somebody. */
export type Level = 'ok' | 'warning' | 'problem'

/** The one thing to do about a finding: a sentence or click path, and commands to copy as they are. */
export interface Fix {
  readonly text: string
  readonly commands?: readonly string[]
}

/** One line of the examination. `code` is stable and for machines. */
export interface Finding {
  readonly level: Level
  readonly code: string
  /** One plain sentence in lower case without a full stop. */
  readonly message: string
  /** Absent when all is well. */
  readonly fix?: Fix
  /** Good to have, and nothing waits for it: never what to see to first while there is something else. */
  readonly optional?: true
}

/** One part of the examination. Pure: it looks at evidence and at nothing else. */
export interface Check {
  /** Stable name, for machines. */
  readonly name: string
  readonly title: string
  /** Empty when there is nothing to say, such as nothing was asked. */
  examine(evidence: Evidence): readonly Finding[]
}

/** All is well. */
export function ok(code: string, message: string): Finding {
  return { level: 'ok', code, message }
}

/** Something works but will surprise. */
export function warn(code: string, message: string, fix: string | Fix): Finding {
  return { level: 'warning', code, message, fix: fixOf(fix) }
}

/** Something does not work. */
export function problem(code: string, message: string, fix: string | Fix): Finding {
  return { level: 'problem', code, message, fix: fixOf(fix) }
}

function fixOf(fix: string | Fix): Fix {
  return typeof fix === 'string' ? { text: fix } : fix
}
