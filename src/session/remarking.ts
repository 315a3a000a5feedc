import type { ReadContext } from '../kinds/contexts.ts'
import type { CommonOptions, Runtime } from './runtime.ts'

/** Where somebody wants to know how something is read: what shows it. */
export function remarking({
  runtime,
  options,
}: {
  readonly runtime: Pick<Runtime, 'err'>
  readonly options: Pick<CommonOptions, 'verbose' | 'quiet'>
}): Pick<ReadContext, 'remark'> {
  return options.verbose && !options.quiet ? { remark: (text) => runtime.err(`${text}\n`) } : {}
}
