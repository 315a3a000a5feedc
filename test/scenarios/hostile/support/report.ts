import type { Screen } from '../../../support/here.ts'
import type { Variables } from '../../e2e/support/binary.ts'
import type { Form } from './judge.ts'
import type { Scene } from './scene.ts'
import type { Texts } from './slots.ts'

/** A command whose output is read in a world and in the tame one. */
export interface Report {
  readonly name: string
  readonly words: (texts: Texts) => readonly string[]
  /** What its results are read as. */
  readonly out: Form
  /** What its messages are read as; text by default. */
  readonly err?: Form
  readonly screen?: Screen
  readonly variables?: (texts: Texts, scene: Scene) => Variables
  /** A file that it writes, and what that is read as. */
  readonly file?: { readonly path: (scene: Scene, texts: Texts) => string; readonly as: Form }
  /** What a person answers to its questions, in turn. */
  readonly answers?: (texts: Texts) => readonly string[]
  /** Its exit code with plain names, 0 by default: a report that is refused says nothing of what it is about. */
  readonly ends?: number
  /** What is different from the world at its beginning. */
  readonly prepare?: (scene: Scene, texts: Texts) => Promise<void> | void
  /** True where the command changes the world. */
  readonly changes?: true
}

/** What lets a plan of everything through. */
export const all = ['--max-deletes', '99', '--allow-programs']

/** A report with the same words in every world. */
export function plain(name: string, out: Form, ...words: string[]): Report {
  return { name, words: () => words, out }
}
