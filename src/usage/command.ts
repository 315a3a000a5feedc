import type { Runtime } from '../session/runtime.ts'
import type { ArgumentDeclaration, Words } from './argument.ts'
import type { OptionDeclaration, Written } from './option.ts'

/** Options of a command by the names that its run knows them by, in the order of help. */
type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>

/** Arguments of a command by the names that its run knows them by, in the order of the command line. */
type ArgumentDeclarations = Readonly<Record<string, ArgumentDeclaration>>

/** A command line that was taken apart. */
export interface CommandLine {
  /** Options that stood there or in the environment, by the names of their declarations. */
  readonly options: ReadonlyMap<string, Written>
  readonly words: Words
}

/** What a run may want to know besides its options. */
export interface Surroundings {
  /** Every command there is, this one too. */
  readonly commands: readonly Command[]
  /** Names of the options that were given, so that a default can be told from a wish. */
  readonly given: ReadonlySet<string>
}

/** A command: everything there is to say about it, and how it is run. Parsing, help, completion and documentation are made from it. */
export interface Command {
  readonly name: string
  /** One line, as the list of commands shows it. */
  readonly summary: string
  readonly options: OptionDeclarations
  readonly arguments: ArgumentDeclarations
  /** What its help says after the options, in lines of at most 60 columns where they are no commands. */
  readonly notes?: string
  /** True for a command that tells in JSON what happens while it happens: one event a line, instead of one document. */
  readonly streams: boolean
  /** Loads what the command needs, runs it and gives the exit code. */
  run(runtime: Runtime, line: CommandLine, sources: Map<string, string>, commands: readonly Command[]): Promise<number>
}

type Declaration<V> = OptionDeclaration<V> | ArgumentDeclaration<V>
type Value<D> = D extends Declaration<infer V> ? V : never

/** The values of declarations: what may be undefined is left out where it is. */
export type Values<D> = {
  readonly [K in keyof D as undefined extends Value<D[K]> ? never : K]: Value<D[K]>
} & {
  readonly [K in keyof D as undefined extends Value<D[K]> ? K : never]?: Exclude<Value<D[K]>, undefined>
}

/** What makes a command, with a run that knows its options by their types. */
interface CommandDefinition<O, A> {
  readonly name: string
  readonly summary: string
  readonly options: O
  readonly arguments?: A
  readonly notes?: string
  readonly streams?: true
  run(
    runtime: Runtime,
    options: Values<O> & Values<A>,
    sources: Map<string, string>,
    surroundings: Surroundings,
  ): Promise<number>
}

/** Makes a command from its definition. What it runs is imported by the run itself, so that help never loads it. */
export function command<O extends OptionDeclarations, A extends ArgumentDeclarations = Record<never, never>>(
  definition: CommandDefinition<O, A>,
): Command {
  const { name, summary, options, notes, streams = false } = definition
  const args: ArgumentDeclarations = definition.arguments ?? {}
  return {
    ...{ name, summary, options, streams, arguments: args },
    ...(notes === undefined ? {} : { notes }),
    run: (runtime, line, sources, commands) => {
      const values = [
        ...Object.entries(options).map(([key, one]) => [key, one.read(line.options.get(key))] as const),
        ...Object.entries(args).map(([key, one], place) => [key, one.read(line.words, place)] as const),
      ]
      const present = Object.fromEntries(values.filter(([, value]) => value !== undefined))
      // What was read by the declarations has the types of the declarations, which no type of a record of them can say.
      const typed = present as Values<O> & Values<A>
      return definition.run(runtime, typed, sources, { commands, given: new Set(line.options.keys()) })
    },
  }
}
