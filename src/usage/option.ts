/** What stood on the command line for an option: nothing but its name, one value, or one for each time it was given. */
export type Written = true | string | readonly string[]

/** One option of a command as data: how it is written and told, and how its value is read. */
export interface OptionDeclaration<V = unknown> {
  /** As the help shows it: `-f, --file <path>`. The placeholder says what a value is, for completion too. */
  readonly flags: string
  readonly description: string
  /** The only values there are. */
  readonly choices?: readonly string[]
  /** Left out of help and completion. */
  readonly hidden?: boolean
  /** May be given several times. */
  readonly repeatable?: boolean
  /** What is said where it is given again: the last one would count without a word. */
  readonly once?: string
  /** What stands for an option that is not given, as the help tells it. */
  readonly fallback?: { readonly value: string | number; readonly told?: string }
  /** Variable of the environment that gives the value where the command line does not. */
  readonly environment?: string
  /** What is wrong with a value, in a sentence; undefined for one that can be read. */
  readonly trouble?: (text: string) => string | undefined
  /** The value of what was written; of undefined where the option was not given. */
  read(written: Written | undefined): V
}

/** An option without a value: given or not. */
export function flag(flags: string, description: string): OptionDeclaration<boolean> {
  return { flags, description, read: (written) => written !== undefined }
}

/** Another name of a flag, for those who know it from elsewhere. */
export function hiddenFlag(flags: string): OptionDeclaration<boolean> {
  return { ...flag(flags, ''), hidden: true }
}

/** An option that is taken and not told of. */
export function hidden<V>(option: OptionDeclaration<V>): OptionDeclaration<V> {
  return { ...option, hidden: true }
}

/** An option with a value as it was written. */
export function text(flags: string, description: string): OptionDeclaration<string | undefined> {
  return { flags, description, read: single }
}

/** The same option, which is refused where it is given again; `advice` says what to do instead. */
export function once<V>(option: OptionDeclaration<V>, advice: string): OptionDeclaration<V> {
  return { ...option, once: advice }
}

/** An option with the name of something; an empty one names nothing. */
export function name(flags: string, description: string): OptionDeclaration<string | undefined> {
  return { flags, description, read: (written) => single(written) || undefined }
}

/** An option whose value comes from the environment or is the usual one where the command line gives none. */
export function textOr(
  flags: string,
  description: string,
  { fallback, environment }: { readonly fallback: string; readonly environment: string },
): OptionDeclaration<string> {
  return {
    ...{ flags, description, fallback: { value: fallback }, environment },
    read: (written) => single(written) ?? fallback,
  }
}

/** An option with one of several values, of which the first stands for none; `told` is how the help says what none means. */
export function choice<const C extends string>(
  flags: string,
  description: string,
  choices: readonly [C, ...C[]],
  told?: string,
): OptionDeclaration<C> {
  const [fallback] = choices
  return {
    ...{ flags, description, choices, fallback: { value: fallback, ...(told ? { told } : {}) } },
    read: (written) => choices.find((one) => one === written) ?? fallback,
  }
}

/** An option with a value that not every text is; `parse` gives undefined for a text that is none, and `expected` says what would be. */
export function parsed<V>(
  flags: string,
  description: string,
  parse: (text: string) => V | undefined,
  expected: string,
): OptionDeclaration<V | undefined> {
  return {
    ...{ flags, description },
    trouble: (written) => (parse(written) === undefined ? expected : undefined),
    read: (written) => {
      const given = single(written)
      return given === undefined ? undefined : parse(given)
    },
  }
}

/** An option with several values between commas. */
export function list(flags: string, description: string): OptionDeclaration<readonly string[] | undefined> {
  return {
    flags,
    description,
    read: (written) =>
      single(written)
        ?.split(',')
        .map((one) => one.trim())
        .filter(Boolean),
  }
}

/** An option that may be given several times, each time with a value. */
export function repeatable(flags: string, description: string): OptionDeclaration<readonly string[] | undefined> {
  return {
    ...{ flags, description: `${description}; repeatable`, repeatable: true },
    read: (written) => (typeof written === 'object' ? written : undefined),
  }
}

function single(written: Written | undefined): string | undefined {
  return typeof written === 'string' ? written : undefined
}
