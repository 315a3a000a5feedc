import type { Screen } from '../../../support/here.ts'

/** A person at a terminal. */
interface Person {
  readonly screen: Screen
  /** What the person was asked, offered and shown in passing, a line each. */
  asked(): string
}

/** Somebody who answers questions in turn, and takes everything that is offered; nobody without answers. */
export function person(answers: readonly string[] | undefined): Person {
  if (answers === undefined) return { screen: {}, asked: () => '' }
  const left = [...answers]
  const lines: string[] = []
  return {
    asked: () => lines.map((line) => `${line}\n`).join(''),
    screen: {
      interactive: true,
      statusLine: async () => ({ show: (text) => void (text === '' || lines.push(text)) }),
      choose: async (question, words) => {
        lines.push(question, ...words)
        return words
      },
      ask: async (question, { answer, example, trouble } = {}) => {
        lines.push(question, ...[answer, example].filter((one) => one !== undefined))
        for (;;) {
          const typed = left.shift()
          const why = typed === undefined ? undefined : trouble?.(typed)
          if (why === undefined) return typed
          lines.push(why)
        }
      },
    },
  }
}
