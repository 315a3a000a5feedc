import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { commands } from '../../../../src/commands/index.ts'
import { environment, type Run } from '../../e2e/support/binary.ts'
import type { Desk } from '../../e2e/support/desk.ts'
import { attendTerminal } from '../../e2e/support/pty.ts'

/** Somebody at a terminal who knows nothing but what appears there. */
export interface Newcomer {
  readonly desk: Desk
  /** Columns of the terminal. */
  readonly columns: number
  /** What the server that stands in for AWS said to paste. */
  readonly exports: Readonly<Record<string, string>>
  /** Enables Identity Center, as somebody who has clicked in the console. */
  enable(): Promise<unknown>
}

/** What a newcomer did, line by line, and what was on the screen after each. */
export type Diary = readonly { readonly line: string; readonly text: string; readonly code: number | null }[]

/** What a person is asked, and what this one answers; anything else is answered by Enter. */
const answers: readonly (readonly [RegExp, string])[] = [
  [/given name/, 'Taro'],
  [/family name/, 'Yamada'],
  [/e-mail address/, 'taro@example.com'],
  [/"yes"/, 'yes'],
]

/** Runs a command and then what each screen names next, until one's own role answers or no screen names anything new. */
export async function follow(newcomer: Newcomer, first: string): Promise<Diary> {
  const diary: { line: string; text: string; code: number | null }[] = []
  for (let line: string | undefined = first; line !== undefined && diary.length < 12; ) {
    const { code, stdout }: Run = line.startsWith('aws ') ? aws(newcomer, line) : await ours(newcomer, line)
    const text: string = stripVTControlCharacters(stdout).replaceAll('\r', '')
    diary.push({ line, text, code })
    if (isAnswered(diary)) break
    const done = new Set(diary.filter((one) => one.code === 0 || one.line === line).map((one) => one.line))
    line = commandsNamed(text).find((one) => !done.has(one))
  }
  return diary
}

/** Whether the last line of a diary was the AWS CLI, and it said who one is. */
export function isAnswered(diary: Diary): boolean {
  const last = diary.at(-1)
  return last?.code === 0 && last.line.startsWith('aws sts get-caller-identity')
}

/** The commands that a screen names: those that are said to come next before those of hints and fixes, and these before all others. */
export function commandsNamed(text: string): readonly string[] {
  const flat = text.replaceAll(/\s+/g, ' ')
  const parts = [/\bNext: .*/.exec(flat)?.[0], /(?:hint|fix): .*/.exec(flat)?.[0], flat]
  return [...new Set(parts.flatMap((part) => (part === undefined ? [] : commandsIn(part))))]
}

function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:sso-reconcile|aws) [a-z]\S*(?: \S+)*/g)].flatMap(([found]) => {
    const [program = '', ...words] = found.split(' ')
    const own = program === 'aws' ? awsWords(words) : ourWords(words)
    const rest = found.slice(program.length)
    return [...(own.length > 0 ? [[program, ...own].join(' ')] : []), ...commandsIn(rest)]
  })
}

// A sentence goes on behind the command that it names; what belongs to the command is what its help says.
function ourWords(words: readonly string[]): readonly string[] {
  const command = commands.find(({ name }) => name === bare(words[0]))
  if (!command) return []
  const taken = [command.name]
  const options = Object.values(command.options).map(({ flags }) => flags)
  const takesName = Object.values(command.arguments).some(({ usage }) => /^[<[]\w/.test(usage))
  for (let at = 1; bare(words[at - 1]) === words[at - 1] && at < words.length; at++) {
    const word = bare(words[at])
    const option = options.find((flags) => flags.split(/[ ,]+/).includes(word))
    const isName = takesName && at === 1 && /^[\w.@-]+$/.test(word) && !word.startsWith('-')
    if (option === undefined && !isName) break
    taken.push(word)
    if (option?.includes('<')) taken.push(bare(words[++at]))
  }
  return taken
}

function awsWords(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => bare(word) !== word)
  const own = words.slice(0, end < 0 ? words.length : end + 1).map(bare)
  const isCall = /^[a-z0-9-]+$/.test(own[0] ?? '') && /^[a-z0-9-]+$/.test(own[1] ?? '')
  const last = own.findLastIndex((word) => word.startsWith('--'))
  return isCall && last > 0 ? own.slice(0, last + 2) : []
}

function bare(word = ''): string {
  return word.replace(/[,.;:)"]+$/, '')
}

function ours({ desk, columns, exports, enable }: Newcomer, line: string): Promise<Run> {
  const seen = new Set<string>()
  const isNew = (what: string) => seen.size < seen.add(what).size
  return attendTerminal(desk, line.split(' ').slice(1), { env: exports, size: [50, columns] }, (raw) => {
    const said = stripVTControlCharacters(raw).replaceAll('\r', '')
    const [, question] = /^◆ {2}([^◆]+?)\n│ {2}(?:[^\n]*\n)*└/.exec(said.slice(said.lastIndexOf('◆'))) ?? []
    const [page, code] = /http:\/\/\S+\/device\?user_code=(\S+)/.exec(said) ?? []
    if (/singlesignon\/home/.test(said) && /\bwait/i.test(said) && isNew('click')) void enable()
    if (page !== undefined && code !== undefined && isNew('code')) void allow(page, code)
    return question !== undefined && isNew(question) ? [`${answerTo(question)}\r`] : []
  })
}

function answerTo(question: string): string {
  return answers.find(([asked]) => asked.test(question))?.[1] ?? ''
}

async function allow(page: string, code: string): Promise<void> {
  const form = new URLSearchParams({ user_code: code, user: 'taro', decision: 'allow' })
  await fetch(new URL('/device', page), { method: 'POST', body: form, redirect: 'manual' })
}

function aws({ desk, exports }: Newcomer, line: string): Run {
  const [program = '', ...words] = line.split(' ')
  const env = { ...environment(desk, exports), AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: desk.work, env, encoding: 'utf8' })
  return { code: status, stdout: stdout + stderr, stderr: '' }
}
