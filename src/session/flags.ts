import { trailing } from '../text/quote.ts'
import type { CommonOptions } from './runtime.ts'

/** Flags that a suggested command needs so that it means the same manifest, the same plan and the same AWS; begins with a space. */
export function planFlags(options: CommonOptions): string {
  const { only, target = [], thorough } = options
  return (
    trailing([
      ...(only ? ['--only', only.join(',')] : []),
      ...target.flatMap((one) => ['--target', one]),
      ...(thorough ? ['--thorough'] : []),
    ]) + reachFlags(options)
  )
}

/** The same for commands that know no selection. */
export function reachFlags({ file, profile, sandbox, sandboxWords }: CommonOptions): string {
  return trailing([
    ...(file === 'sso.yaml' ? [] : ['--file', file]),
    ...(profile ? ['--profile', profile] : []),
    ...(sandbox === undefined ? [] : (sandboxWords ?? ['--sandbox'])),
  ])
}
