import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { renderDiagnostics } from '../../src/report/diagnostic.ts'
import { head, refusal } from './load.ts'

const frame = (text: string, at: Diagnostic['at'], width = 80) =>
  renderDiagnostics([{ severity: 'error', code: 'x', message: 'm', ...(at && { at }) }], {
    sources: new Map([['f', text]]),
    width,
  })

test('two errors of one file, each with its frame and hint', async () => {
  const text = `${head}permission_sets:
  Admin:
    session_duration: 12 hours
groups:
  全員: { description: 全社員, members: [太郎] }
`
  const errors = await refusal(text)
  expect(renderDiagnostics(errors, { sources: new Map([['sso.yaml', text]]), width: 80 })).toBe(
    `sso.yaml:5:23  error  session_duration: "12 hours" is not a duration
  4 |   Admin:
> 5 |     session_duration: 12 hours
    |                       ^^^^^^^^
  hint: write hours or minutes, from 1h to 12h, for example 8h or 90m
sso.yaml:7:37  error  user "太郎" is not declared under users
  6 | groups:
> 7 |   全員: { description: 全社員, members: [太郎] }
    |                                          ^^^^
  hint: declare it, or add "太郎": { external: true } if it is managed elsewhere`,
  )
})

test('line numbers of different width stay in one column', () => {
  const text = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n')
  expect(frame(text, { file: 'f', line: 10, column: 6, endColumn: 8 })).toBe(
    'f:10:6  error  m\n   9 | line 9\n> 10 | line 10\n     |      ^^',
  )
})

test('a long line is cut around the mark', () => {
  const text = `${'a'.repeat(100)}BAD${'z'.repeat(100)}`
  expect(frame(text, { file: 'f', line: 1, column: 101, endColumn: 104 }, 46)).toBe(
    `f:1:101  error  m\n> 1 | …${'a'.repeat(26)}BAD${'z'.repeat(9)}…\n    | ${' '.repeat(27)}^^^`,
  )
})

test('tabs take one column, and control characters are written out above carets that still fit', () => {
  expect(frame('\ta: \u001b[31mx\u009b', { file: 'f', line: 1, column: 5, endColumn: 10 })).toBe(
    'f:1:5  error  m\n> 1 |  a: \\u{1b}[31mx\\u{9b}\n    |     ^^^^^^^^^^',
  )
})

test('without a text or a place there is no frame', () => {
  expect(frame('', { file: 'other', line: 3, column: 1 })).toBe('other:3:1  error  m')
  expect(frame('', undefined)).toBe('error  m')
})

test('colour marks the place, the severity, the carets and the word hint', () => {
  const at = { file: 'f', line: 1, column: 1 }
  const list: readonly Diagnostic[] = [{ severity: 'warning', code: 'x', message: 'm', hint: 'h', at }]
  const color = (format: string, text: string) => `<${format}>${text}</>`
  expect(renderDiagnostics(list, { sources: new Map([['f', 'a']]), width: 80, color })).toBe(
    '<bold>f:1:1</>  <yellow>warning</>  m\n> 1 | a\n    | <red>^</>\n  <cyan>hint:</> h',
  )
})

test('what a person copies stays in one line where it fits into one', () => {
  const line = `[ -n "\${AWS_PROFILE-}" ] || export AWS_PROFILE='personal'`
  const hint = `add this line to ~/.bash_profile: ${line}; or add to sso.yaml: checklist: { activated: { second: todo } }`
  const list: readonly Diagnostic[] = [{ severity: 'warning', code: 'x', message: 'm', hint }]
  const text = renderDiagnostics(list, { sources: new Map(), width: 66, wrap: true })
  const narrower = renderDiagnostics(list, { sources: new Map(), width: 50, wrap: true })
  expect(narrower).toMatch(/^ +checklist: \{ activated: \{ second: todo \} \}$/m)
  expect(text.split('\n').map((one) => one.trim())).toEqual([
    'warning  m',
    'hint: add this line to ~/.bash_profile:',
    `${line}; or`,
    'add to sso.yaml: checklist: { activated: { second: todo } }',
  ])
})
