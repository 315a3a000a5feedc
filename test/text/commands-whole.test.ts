import { expect, it } from 'vitest'
import { wrapped } from '../../src/text/wrap.ts'

it.each([
  [
    'hint: your login has ended, so run sso-reconcile login personal -- sso-reconcile plan and look again',
    'sso-reconcile login personal -- sso-reconcile plan',
  ],
  [
    'in this shell and in those that are open already: [ -n "$AWS_PROFILE" ] || export AWS_PROFILE=\'personal\'',
    '[ -n "$AWS_PROFILE" ] || export AWS_PROFILE=\'personal\'',
  ],
  [
    'to use the login instead of the keys, unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
  ],
  [
    'then say who you are with the command aws sts get-caller-identity --profile personal',
    'aws sts get-caller-identity --profile personal',
  ],
  [
    'there is a login already, so use that one: AWS_PROFILE=personal sso-reconcile access',
    'AWS_PROFILE=personal sso-reconcile access',
  ],
  [
    'to have every plan list it, add to sso.yaml: checklist: { activated: { taro: todo } }',
    '{ activated: { taro: todo } }',
  ],
])('a command stays on one line where it fits: %j', (text, command) => {
  for (const width of [60, 72, 100]) {
    const lines = wrapped(text, width, 0)
    expect(lines.filter((line) => line.includes(command))).toHaveLength(1)
    expect(lines.join(' ')).toBe(text)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
  }
})

it('breaks what is too long for any line, and what no command begins', () => {
  expect(wrapped(`run sso-reconcile apply --expect ${'0'.repeat(60)} --only cloud`, 60, 0).length).toBeGreaterThan(1)
  expect(
    wrapped('awsome words of a sentence that goes on for longer than a line of the terminal has room', 40, 0),
  ).toHaveLength(3)
})
