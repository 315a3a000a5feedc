import { actionTrouble } from '../manifest/checks/action-names.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import type { Limit } from '../model/limit.ts'
import { type KnownNames, knownNames } from '../policies/known-names.ts'
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
  const wrong = patterns.flatMap((pattern) => trouble(pattern, names, allowUnknown === true) ?? [])
  if (wrong.length > 0) throw new Refusal(wrong)
  return patterns.map((pattern) => ({ pattern }))
}

function trouble(pattern: string, names: KnownNames, allowUnknown: boolean): Diagnostic | undefined {
  if (!/^(?:\*|[\w*?-]+:[\w*?]+)$/.test(pattern))
    return error('limit', `--deny-new: ${shown(pattern)} is not an action`, {
      hint: 'write SERVICE:ACTION, for example "iam:*" or iam:PassRole',
    })
  if (allowUnknown || actionsMatching(pattern, names).length > 0) return undefined
  const day = names.actionsAsOf
  const likely = actionTrouble(pattern, { names, meant: (name, all) => nearMiss(name, [...all]) })?.likely
  const hint = `${likely ? `did you mean ${likely}? ` : ''}If AWS added it after ${day}, pass --allow-unknown`
  return error('limit', `--deny-new: no action that was known on ${day} matches ${pattern}`, { hint })
}
