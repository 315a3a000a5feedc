/** Words of a command line that belong to no option. */
export interface Words {
  /** Those of the command itself. */
  readonly own: readonly string[]
  /** Those behind `--`, which are somebody else's. */
  readonly behind: readonly string[]
}

/** One argument of a command as data. */
export interface ArgumentDeclaration<V = unknown> {
  /** As the usage line shows it: `<user>`, `[plan.json]`. */
  readonly usage: string
  readonly description: string
  /** The only values there are. */
  readonly choices?: readonly string[]
  readonly fallback?: string
  /** What words it takes: the one in its place, all that are left over, or all behind `--`. */
  readonly takes: 'one' | 'left over' | 'behind'
  /** The value, for the argument in this place. */
  read(words: Words, place: number): V
}

/** An argument that has to be there, as written. */
export function mandatory(name: string, description: string): ArgumentDeclaration<string> {
  return { ...shown(`<${name}>`, description), read: ({ own }, place) => own[place] ?? '' }
}

/** An argument that may be left out, as written. */
export function optional(name: string, description: string): ArgumentDeclaration<string | undefined> {
  return { ...shown(`[${name}]`, description), read: ({ own }, place) => own[place] }
}

/** One of several words; without a fallback it has to be there. */
export function oneOf<const C extends string>(
  name: string,
  description: string,
  choices: readonly [C, ...C[]],
  fallback?: NoInfer<C>,
): ArgumentDeclaration<C> {
  const [first] = choices
  return {
    ...shown(fallback === undefined ? `<${name}>` : `[${name}]`, description),
    choices,
    ...(fallback === undefined ? {} : { fallback }),
    read: ({ own }, place) => choices.find((one) => one === own[place]) ?? fallback ?? first,
  }
}

/** Addresses as a plan shows them: as many as there are, or at least one. */
export function someAddresses(description: string, atLeast?: 'at least one'): ArgumentDeclaration<readonly string[]> {
  const usage = atLeast ? '<address...>' : '[address...]'
  return { ...shown(usage, description), read: ({ own }) => own }
}

/** Words beyond the other arguments, for a command that says itself what is wrong with them. */
export const leftOver: ArgumentDeclaration<readonly string[]> = {
  ...{ usage: '', description: '', takes: 'left over' },
  read: ({ own }, place) => own.slice(place),
}

/** Words behind `--`. */
export function behind(name: string): ArgumentDeclaration<readonly string[]> {
  return { usage: `[-- ${name}...]`, description: '', takes: 'behind', read: (words) => words.behind }
}

function shown(usage: string, description: string) {
  return { usage, description, takes: 'one' as const }
}
