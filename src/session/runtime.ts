import type { Route } from '../aws/route.ts'
import type { Machine } from '../local/files/disk.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Clock } from '../model/clock.ts'
import type { KindName } from '../model/specs.ts'

/** The outside world, read once in `cli.ts` and handed to every command. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** Words of the command line, for advice to run the same again. */
  readonly command?: readonly string[]
  readonly clock: Clock
  readonly machine: Machine
  /** Results. */
  out(text: string): void
  /** True when everything that was written as a result has got through; what a slow reader has not taken yet counts as if it had. */
  delivered(): Promise<boolean>
  /** Progress, prompts and diagnostics. */
  err(text: string): void
  /** What a program that we run says to a person, as it is. */
  passOn(text: string): void
  readonly random: (bytes: number) => Uint8Array
  readonly terminal: Terminal
  /** Fires at the first Ctrl-C during an apply: nothing new is started, what is in flight ends. */
  readonly interrupted: AbortSignal
  /** Runs something that the first Ctrl-C must not cut off. The second does, and then `lastWords` say what is not known. */
  readonly unhurried: <T>(task: () => Promise<T>, lastWords: () => string) => Promise<T>
  /**
   * Runs something that may compute for long, during which no listener would be heard: a signal then ends the program right away.
   * Whatever goes through a manifest, a plan, a file or an answer as a whole runs in here, also what only shows it. `length`: of the text that
   * it goes through, for what may take long though nothing before it did.
   */
  readonly busy: <T>(task: () => T | Promise<T>, length?: number) => Promise<T>
  /** The same where nobody can wait. A signal of the moment before is not heard, so what goes before must be short. */
  readonly busyAtOnce: <T>(task: () => T) => T
  /** Hands signals to a listener while a task runs, instead of ending the program: a child at the terminal decides then. */
  readonly attended: <T>(onSignal: (signal: NodeJS.Signals) => void, task: () => Promise<T>) => Promise<T>
}

/** What the two output streams can show. */
export interface Terminal {
  /** True when a person can answer a question. */
  readonly interactive: boolean
  /** True when results go to a pipe or a file instead of a terminal. */
  readonly piped: boolean
  /** Columns of each; of what is no terminal, as many as files are read in. */
  readonly width: { readonly out: number; readonly err: number }
  readonly color: { readonly out: boolean; readonly err: boolean }
  /** A line at the bottom that is rewritten in place; undefined where that is not possible. */
  statusLine(): Promise<StatusLine | undefined>
  /** Lets a person choose any of some words, of which some may be chosen already; undefined when the person gave up. */
  choose(question: string, words: readonly string[], chosen?: readonly string[]): Promise<readonly string[] | undefined>
  /** Asks a question and gives what was typed; undefined when the person gave up. */
  ask(question: string, offer?: Offer): Promise<string | undefined>
}

/** What a question comes with. */
export interface Offer {
  /** The answer that is there already, to be taken or changed. */
  readonly answer?: string
  /** Shows what an answer looks like while there is none. */
  readonly example?: string
  /** What is wrong with what was typed, in a sentence; the question is then asked again. */
  readonly trouble?: (typed: string) => string | undefined
}

/** One line that is rewritten in place; an empty text takes it away. */
export interface StatusLine {
  show(text: string): void
}

/** Options every command knows. */
export interface CommonOptions {
  readonly file: string
  /** Environment variables that the manifest may take, as `--env` names them. */
  readonly variables?: readonly string[]
  /** Names in policies that are nearly names of AWS are taken, as `--allow-unknown` says. */
  readonly allowUnknown?: boolean
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly quiet: boolean
  readonly verbose: boolean
  /** Read also what costs more to see: assignments whose principal is gone. */
  readonly thorough: boolean
  /** Addresses to restrict the plan to, with what they need. */
  readonly target?: readonly string[]
  /** Kinds to restrict the plan to, and `cloud` and `local`, as they were given. */
  readonly only?: readonly string[]
  /** Restrict the plan to what the time decides. */
  readonly due?: boolean
  readonly profile?: string
  /** Folder of the sandbox when it is used. */
  readonly sandbox?: string
  /** The words that asked for the sandbox. */
  readonly sandboxWords?: readonly string[]
}

/** A command that has read its manifest. */
export interface Session {
  readonly runtime: Runtime
  readonly options: CommonOptions
  readonly manifest: LoadedManifest
  readonly manifestDigest: string
  /** Texts of what was read, for code frames. */
  readonly sources: ReadonlyMap<string, string>
  readonly selected: ReadonlySet<KindName>
  readonly route: Route
  /** Home that holds the AWS config: the person's, or the sandbox's own. */
  readonly home: string
  readonly env: Runtime['env']
  close(): Promise<void>
}
