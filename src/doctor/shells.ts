import { said } from '../local/shell/answers.ts'
import { concernsLoginsAlone, shellVerdict } from '../local/shell/verdict.ts'
import { address } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Evidence, ShellEvidence } from './evidence.ts'
import { type Check, type Finding, ok, problem, warn } from './finding.ts'
import { writing } from './words.ts'

/** New shells have the profile of the manifest, as each shell says itself. */
export const shells: Check = {
  name: 'shells',
  title: 'New shells',
  examine(evidence) {
    const { env, shells: all = [] } = evidence.local ?? {}
    return [...all.flatMap((shell) => findingsOf(shell, evidence)), ...commands(all), ...kept(env?.profile, all)]
  },
}

function findingsOf(evidence: ShellEvidence, all: Evidence): readonly Finding[] {
  const { shell, profile, file, block, look, refused } = evidence
  if (refused.length > 0) return refused.map(unreadable)
  if (look.interactive === 'missing')
    return [ok('shell-missing', `${shell} is not installed here, so nothing is checked`)]
  const told = shellVerdict({ shell, at: address('shell', shell), profile, file, block }, look)
  const hasProfile = said(look.interactive) === profile
  const loginToo = said(look.login) === profile ? ', login shells too' : ''
  return [
    ...(hasProfile ? [ok('shell-profile', `new ${shell} shells have AWS_PROFILE=${profile}${loginToo}`)] : []),
    ...(block === undefined && !hasProfile ? [unwritten(evidence, all)] : []),
    ...told.flatMap((one) => toldOf(one, evidence)),
  ]
}

function toldOf(told: Diagnostic, { block, look: { advice } }: ShellEvidence): readonly Finding[] {
  const { code, message, hint = '' } = told
  if (!concernsLoginsAlone(told) || !advice) return [warn(code, message, hint)]
  // First the block, then what leads to it.
  return block === undefined
    ? []
    : [warn(code, message, { text: `add this line to ${advice.file}`, commands: [advice.line] })]
}

function unreadable({ code, message, hint = '' }: Diagnostic): Finding {
  return problem(code, message, hint)
}

function unwritten({ shell, profile, file }: ShellEvidence, evidence: Evidence): Finding {
  return warn('shell-unwritten', `${file} has no sso-reconcile block, so new ${shell} shells do not get ${profile}`, {
    text: 'write it',
    commands: [writing(evidence)],
  })
}

/** What runs a single command reads no start-up file of interactive shells. */
function commands(all: readonly ShellEvidence[]): readonly Finding[] {
  const without = all.filter(({ look, profile, command }) => said(look.interactive) === profile && said(command) === '')
  if (without.length === 0) return []
  const names = without.map(({ shell }) => `${shell} -c`).join(' and ')
  return [
    ok(
      'shell-commands',
      `${names} (scripts, editor tasks) do not read a file with the block: they inherit AWS_PROFILE from whatever starts them`,
    ),
  ]
}

/** A value that is set is left alone, so shells within this one keep it. */
function kept(here: string | undefined, all: readonly ShellEvidence[]): readonly Finding[] {
  const other = here === undefined ? undefined : all.find(({ profile }) => profile !== here)
  return other
    ? [
        ok(
          'shell-kept',
          `this shell has AWS_PROFILE=${here}, and shells started from it keep that; new terminals get ${other.profile}`,
        ),
      ]
    : []
}
