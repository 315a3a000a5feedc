/** What a shell answered; or that there is no such shell, that it took too long, or that it ended without an answer. */
export type Answer = { readonly value: string } | 'missing' | 'late' | 'silent'

/** What was found out about a shell by asking it. */
export interface ShellLook {
  /** The home it was asked in. */
  readonly home: string
  readonly interactive: Answer | 'unasked'
  readonly login: Answer | 'unasked'
  /** Lines of start-up files that set AWS_PROFILE, or seem to; empty where the shell has the profile. */
  readonly mentions: readonly Mention[]
  /** What helps login shells of bash where they get no profile. */
  readonly advice?: LoginAdvice
}

/** A line of a start-up file that seems to set AWS_PROFILE; whether it does, only the shell can say. */
export interface Mention {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** A line that gives login shells of bash the profile, and the file that they read. */
export interface LoginAdvice {
  readonly file: string
  /** False where bash finds no login file; the line would be all there is in it. */
  readonly exists: boolean
  /** True where it names `.bashrc` outside of comments. */
  readonly namesBashrc: boolean
  /** Understood by every POSIX shell, since `.profile` is not bash's alone. */
  readonly line: string
}

/** The value that a shell answered with, empty for none; undefined where it gave no answer. */
export function said(answer: ShellLook['login']): string | undefined {
  return typeof answer === 'object' ? answer.value : undefined
}
