import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { newDesk } from '../e2e/support/desk.ts'
import { head } from './support.ts'

const user = (name: string) => `  ${name}: { given_name: ${name}, family_name: Y, email: ${name}@example.com }\n`
const grants = (...rules: readonly string[]) =>
  `assignments:\n${rules.map((rule) => `  - { ${rule}, permission_sets: [Look], accounts: [management] }\n`).join('')}`
const live = `users:\n${user('taro')}${user('mika')}groups:
  crew: { members: [taro, mika] }
permission_sets:
  Look: { description: New }
  Tmp: {}
${grants('users: [taro]', 'users: [mika]')}`
const declared = `users:\n${user('taro')}${user('mika')}groups:
  crew: { members: [taro] }
permission_sets:
  Look: { description: Old }
${grants('users: [taro]')}`
const grant = (who: string) => `assignment/Look:user:${who}@111122223333`

/** Refusals whose hints print commands: what the manifest says, what is asked for, and how many commands are printed. */
const rows: readonly (readonly [what: string, text: string, words: readonly string[], printed: readonly string[]])[] = [
  ['no address', declared, ['adopt'], ['adopt', 'adopt', 'adopt', 'adopt']],
  ['a declared thing to ignore', declared, ['ignore', 'permission-set/Look'], ['adopt']],
  ['a membership to ignore', declared, ['ignore', 'membership/crew:mika'], ['adopt']],
  ['what belongs together', declared.replace(user('mika'), ''), ['adopt', grant('mika')], ['adopt']],
  [
    'a grant whose time is over',
    declared.replace('users: [taro], permission', 'users: [taro], until: 2020-01-31, permission'),
    ['adopt', grant('taro')],
    ['apply'],
  ],
  [
    'a grant that a revocation ends',
    `${declared}revoked: { taro: 2026-01-01T00:00:00Z }\n`,
    ['ignore', grant('taro')],
    ['revoke', 'apply'],
  ],
]

/** The commands that a text prints, as words: what a shell would make of them. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const flat = text.replace(/\s+/g, ' ')
  return flat
    .split('sso-reconcile ')
    .slice(1)
    .map((one) => {
      const words = one.match(/'[^']*'|[^\s;]+|;/g) ?? []
      const end = words.findIndex((word) => /^(?:;|or|to|again,|which|as|from)$/.test(word))
      return words.slice(0, end < 0 ? words.length : end).map((word) => word.replaceAll("'", '').replace(/,$/, ''))
    })
}

/** A desk whose sandbox is as one manifest says and whose manifest, which has a name of its own, is another. */
async function drifted(text: string) {
  const desk = newDesk(undefined, head + live)
  const place = ['--sandbox-dir', join(desk.home, 'my cloud')]
  const made = await run(desk, ['apply', '--yes', ...place])
  expect(made.code, made.stderr).toBe(0)
  const file = join(desk.work, 'my sso.yaml')
  const reset = () => writeFileSync(file, head + text)
  reset()
  const flags = ['--file', 'my sso.yaml', ...place]
  return { desk, reset, flags, text: () => readFileSync(file, 'utf8') }
}

describe('a command that a refusal prints', () => {
  it.each(rows)(
    'means the same manifest, the same Identity Center and the same selection: %s',
    async (_what, text, words, printed) => {
      const { desk, flags, reset, text: now } = await drifted(text)
      const given = [...flags, '--only', 'cloud', '--thorough']
      const refused = await run(desk, [...words, ...given, '--no-color'])
      expect(refused.code).toBe(1)
      const commands = commandsIn(refused.stderr)
      expect(
        commands.map(([name]) => name),
        refused.stderr,
      ).toEqual(printed)
      for (const command of commands) {
        const [name = ''] = command
        expect(command).toEqual(expect.arrayContaining(flags))
        if (name !== 'revoke') expect(command).toEqual(expect.arrayContaining(['--only', 'cloud', '--thorough']))
        const before = now()
        const ran = await run(desk, [...command, ...(name === 'adopt' ? [] : ['--yes'])])
        expect({ command, code: ran.code }, ran.stderr).toEqual({ command, code: 0 })
        if (name === 'adopt') expect(now()).not.toBe(before)
        reset()
      }
    },
  )
})
