import { defaultManifest } from '../manifest/sample.ts'
import { type Allowances, allowanceFlags } from '../model/allowances.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import { trailing } from '../text/quote.ts'
import { type FlagsFor, repeating } from '../text/repeat.ts'
import type { CommonOptions } from './runtime.ts'

/** Flags that a suggested command needs so that it means the same manifest, the same plan and the same AWS; begins with a space. */
export function planFlags(options: CommonOptions, allow: Allowances = {}): string {
  const { only, target = [], due, thorough } = options
  return (
    trailing([
      ...(only ? ['--only', only.join(',')] : []),
      ...target.flatMap((one) => ['--target', one]),
      ...(due ? ['--due'] : []),
      ...(thorough ? ['--thorough'] : []),
      ...allowanceFlags(allow).flat(),
    ]) + reachFlags(options)
  )
}

/** The same for commands that name the addresses they are about. */
function keepFlags({ target: _target, due: _due, ...options }: CommonOptions): string {
  return planFlags(options)
}

/** What says which manifest and which AWS a run is about. */
export type Reach = Pick<CommonOptions, 'file' | 'variables' | 'allowUnknown' | 'profile' | 'sandboxWords'>

/** The same for commands that know no selection. */
export function reachFlags({ file, variables = [], allowUnknown, profile, sandboxWords = [] }: Reach): string {
  return trailing([
    ...(file === defaultManifest ? [] : ['--file', file]),
    ...variables.flatMap((name) => ['--env', name]),
    ...(allowUnknown ? ['--allow-unknown'] : []),
    ...(profile ? ['--profile', profile] : []),
    ...sandboxWords,
  ])
}

/** The flags of a command that a text suggests, each command those that it knows. */
export function commandFlags(options: CommonOptions): (command: string) => string {
  return (command) => (selective.test(command) ? keepFlags(options) : repeatedFlags(options)(command))
}

/** Commands that can be about a part of the manifest. */
const selective = /\b(?:adopt|ignore|apply|plan)$/

/** The same without the profile, for suggestions that may be about another one. */
export function placeFlags({ profile: _profile, ...options }: Reach): string {
  return reachFlags(options)
}

/** The flags that commands in the hints of a run repeat: a login is about a profile of its own. */
export function repeatedFlags(options: Reach): (command: string) => string {
  return (command) => (/\b(?:login|console)$/.test(command) ? placeFlags(options) : reachFlags(options))
}

/** Diagnostics whose hints mean the same manifest and the same AWS. Pure. */
export function withFlags(list: readonly Diagnostic[], flags: FlagsFor): readonly Diagnostic[] {
  return list.map((one) => (one.hint ? { ...one, hint: repeating(one.hint, flags) } : one))
}

/** A refusal whose hints repeat the manifest and the sandbox, or other flags; anything else as it is. */
export function suggesting<T>(thrown: T, options: Reach, flags: FlagsFor = placeFlags(options)): T | Refusal {
  if (!(thrown instanceof Refusal)) return thrown
  const { summary, about } = thrown
  return new Refusal(withFlags(thrown.diagnostics, flags), { cause: thrown, about, ...(summary ? { summary } : {}) })
}
