import type { Unkept } from '../model/keeping.ts'
import type { Operation, Verb } from '../model/operation.ts'
import type { PlanInput } from '../plan/diff.ts'
import { keepingBeside } from '../plan/keeping.ts'

/** What can be answered to one difference. */
export interface Question {
  readonly operation: Operation
  readonly adopt: boolean
  readonly ignore: boolean
  /** Why it can be neither, and what keeps it all the same. */
  readonly unkept: Partial<Unkept>
}

/** What a person answers to one difference, or to it and all that are left. */
export interface Reply {
  readonly does: 'adopt' | 'ignore' | 'leave' | 'stop' | 'explain'
  readonly all: boolean
}

/** What can be answered to a difference. Pure. */
export function questionOf(operation: Operation, input: PlanInput): Question {
  const { by, ...unkept } = keepingBeside(operation, input)
  return { operation, adopt: by.includes('adopt'), ignore: by.includes('ignore'), unkept }
}

const adopting: Readonly<Record<Verb, string>> = {
  create: 'take it out of the file',
  update: 'take the live value',
  delete: 'add it to the file',
}

/** The question as it is asked, with the keys that answer it. Pure. */
export function questionWords({ operation, adopt, ignore }: Question, number: number, of: number): string {
  const what = adopt ? `Adopt (${adopting[operation.verb]})?` : 'Ignore it from now on?'
  const keys = [
    ...(adopt ? ['a'] : []),
    ...(ignore ? ['i'] : []),
    'l',
    's',
    ...(adopt ? ['A'] : []),
    ...(ignore ? ['I'] : []),
  ]
  return `(${number}/${of}) ${what} [${[...keys, '?'].join(',')}]`
}

const replies: Readonly<Record<string, Reply>> = {
  a: { does: 'adopt', all: false },
  adopt: { does: 'adopt', all: false },
  i: { does: 'ignore', all: false },
  ignore: { does: 'ignore', all: false },
  l: { does: 'leave', all: false },
  leave: { does: 'leave', all: false },
  s: { does: 'stop', all: true },
  stop: { does: 'stop', all: true },
  A: { does: 'adopt', all: true },
  I: { does: 'ignore', all: true },
  '?': { does: 'explain', all: false },
}

/** What typed words answer to a question; undefined for those that answer nothing, or what cannot be. Pure. */
export function replyOf(typed: string, { adopt, ignore }: Pick<Question, 'adopt' | 'ignore'>): Reply | undefined {
  const word = typed.trim()
  const reply = Object.hasOwn(replies, word) ? replies[word] : undefined
  if (reply?.does === 'adopt' && !adopt) return undefined
  return reply?.does === 'ignore' && !ignore ? undefined : reply
}

/** What is wrong with what was typed. Pure. */
export function replyTrouble(typed: string, question: Question): string | undefined {
  if (replyOf(typed, question)) return undefined
  if (replyOf(typed, { adopt: true, ignore: true })?.does === 'ignore')
    return 'this one cannot be ignored; type one of the letters in brackets'
  return 'type one of the letters in brackets; ? explains them'
}

/** What the letters mean. */
export const legend = `  a  adopt   the file then says what is live
  i  ignore  the file then says to leave it alone
  l  leave   no answer now
  s  stop    leave the rest, keep the answers so far
  A, I       the same for this and all that follow
`
