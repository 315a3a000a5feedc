import type { Verb } from '../../model/operation.ts'
import type { AdditionalRegionSpec } from '../../model/specs.ts'

/** What a change of an additional Region comes to; an update only waits for what AWS is at work on. Pure. */
export function effectOf(verb: Verb, region: string, before: AdditionalRegionSpec | undefined): string {
  if (verb === 'delete')
    return `nobody can sign in through the access portal in ${region} any more, and applications there lose their users`
  if (before?.status === 'removing') return `AWS is still removing ${region}; once that has ended, it is added again`
  if (before?.status === 'adding') return `AWS is still adding ${region}; apply waits until that has ended`
  return `people can also sign in through the access portal in ${region}`
}
