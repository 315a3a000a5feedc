import { expect, it } from 'vitest'
import { thisMachine } from '../../src/local/files/disk.ts'
import { stackText } from '../../src/report/stack.ts'
import { guarded } from '../../src/session/guarded.ts'
import type { Offer, Runtime } from '../../src/session/runtime.ts'
import { hanging } from '../../src/text/wrap.ts'

const hostile = 'a\u001b[2J\n::error::x\u202e'
const written = 'a\\u{1b}[2J\\u{a}::error::x\\u{202e}'

/** Ports that keep what they are given, and answer as they are told. */
function ports(picked: readonly string[] = [], typed = '') {
  const seen: unknown[] = []
  const all: Omit<Runtime, 'passOn'> = {
    env: {},
    home: '',
    clock: { now: () => new Date(0), sleep: async () => undefined, every: () => () => undefined, random: () => 0 },
    machine: thisMachine(process),
    out: (text) => void seen.push(text),
    err: (text) => void seen.push(text),
    delivered: async () => true,
    random: (bytes) => new Uint8Array(bytes),
    terminal: {
      interactive: true,
      piped: false,
      width: { out: 80, err: 80 },
      color: { out: true, err: true },
      statusLine: async () => ({ show: (text) => void seen.push(text) }),
      choose: async (...asked) => {
        seen.push(asked)
        return picked
      },
      ask: async (question: string, offer?: Offer) => {
        seen.push(question, offer?.answer, offer?.example, offer?.trouble?.(typed))
        return typed
      },
    },
    interrupted: new AbortController().signal,
    unhurried: (task, lastWords) => {
      seen.push(lastWords())
      return task()
    },
    busy: async (task) => task(),
    busyAtOnce: (task) => task(),
    attended: (_onSignal, task) => task(),
  }
  return { seen, runtime: guarded(all) }
}

it('what is printed keeps line ends and colours of ours and nothing else', () => {
  const { seen, runtime } = ports()
  runtime.out(`\u001b[1mTitle\u001b[22m\n${hostile}`)
  runtime.err('\r::x')
  expect(seen).toEqual(['\u001b[1mTitle\u001b[22m\na\\u{1b}[2J\n\\u{3a}:error::x\\u{202e}', '\\u{d}::x'])
})

it('what a program says that we run passes as it is', () => {
  const { seen, runtime } = ports()
  runtime.passOn(hostile)
  expect(seen).toEqual([hostile])
})

it('what is said when a second Ctrl-C ends everything is printed too', async () => {
  const { seen, runtime } = ports()
  await runtime.unhurried(
    async () => undefined,
    () => `unknown: ${hostile}\n`,
  )
  expect(seen).toEqual(['unknown: a\\u{1b}[2J\n\\u{3a}:error::x\\u{202e}\n'])
})

it('the status line and questions are one line each', async () => {
  const { seen, runtime } = ports([], 'typed')
  ;(await runtime.terminal.statusLine())?.show(hostile)
  const answer = await runtime.terminal.ask(hostile, {
    answer: hostile,
    trouble: (typed) => `${typed}\u001b[2J\n  more`,
  })
  expect(seen).toEqual([written, written, undefined, undefined, 'typed\\u{1b}[2J\n  more'])
  expect(answer).toBe('typed')
})

it('what can be offered as it is, is', async () => {
  const { seen, runtime } = ports()
  await runtime.terminal.ask('Name?', { answer: '太郎' })
  expect(seen).toEqual(['Name?', '太郎', undefined, undefined])
})

it('words are chosen as they are shown and come back as they are', async () => {
  const { seen, runtime } = ports([written])
  expect(await runtime.terminal.choose('Which?', ['plain', hostile], [hostile])).toEqual([hostile])
  expect(seen).toEqual([['Which?', ['plain', written], [written]]])
})

it('of two words that look the same only the chosen one comes back', async () => {
  const { seen, runtime } = ports([`${written} (2)`])
  expect(await runtime.terminal.choose('Which?', [written, hostile], [hostile])).toEqual([hostile])
  expect(seen).toEqual([['Which?', [written, `${written} (2)`], [`${written} (2)`]]])
})

it('an example is one line too', async () => {
  const { seen, runtime } = ports()
  await runtime.terminal.ask('Name?', { example: hostile })
  expect(seen).toEqual(['Name?', undefined, written, undefined])
})

it('a stack has its message in one line, however many it had', () => {
  const error = new Error(hostile)
  const [head, ...calls] = stackText(error).split('\n')
  expect(head).toBe(`Error: ${written}`)
  expect(calls.length).toBeGreaterThan(0)
  expect(calls.filter((call) => !/^\s+at /.test(call))).toEqual([])
})

it('a name that is broken at a space begins no line of a report', () => {
  const text = `Some words of ours about ${'x'.repeat(20)} Plan: 1 to create and more words after it`
  expect(hanging(text, 50)).toEqual([
    `Some words of ours about ${'x'.repeat(20)}`,
    '    Plan: 1 to create and more words after it',
  ])
})
