import { error, Refusal } from '../model/diagnostic.ts'
import type { Limit } from '../model/limit.ts'
import { knownNames } from '../policies/known-names.ts'
import { actionsMatching } from '../policies/matching.ts'
import type { CommonOptions } from '../session/runtime.ts'
import { nearMiss } from '../text/near.ts'
import { shown } from '../text/shown.ts'

/** The limits of the command line. Throws a Refusal for one that names nothing: it would let everything pass. */
export async function limitsGiven(
  patterns: readonly string[] = [],
  { allowUnknown }: Pick<CommonOptions, 'allowUnknown'>,
): Promise<readonly Limit[]> {
  if (patterns.length === 0) return []
  const names = await knownNames()
  const wrong = patterns.flatMap((pattern) => {
    if (!/^(?:\*|[\w*?-]+:[\w*?]+)$/.test(pattern))
      return [
        error('limit', `--deny-new: ${shown(pattern)} is not an action`, {
          hint: 'write SERVICE:ACTION, for example "iam:*" or iam:PassRole',
        }),
      ]
    if (allowUnknown || actionsMatching(pattern, names).length > 0) return []
    const service = pattern.split(':', 1)[0] ?? ''
    const likely = nearMiss(service, names.services)
    const hint = likely && likely !== service ? `did you mean ${likely}:? ` : ''
    const message = `--deny-new: no action matched ${shown(pattern)} on ${names.actionsAsOf}, the day of the list that comes with this version`
    return [error('limit', message, { hint: `${hint}If AWS added it later, pass --allow-unknown` })]
  })
  if (wrong.length > 0) throw new Refusal(wrong)
  return patterns.map((pattern) => ({ pattern }))
}
