import type { Json } from '../../model/json.ts'
import { type Partition, partitionOf } from '../../model/partition.ts'
import { asWarning, atValue, type Finding, type Path } from '../finding.ts'
import { at, textAt } from '../view.ts'
import type { Check } from './check.ts'
import { inlineStatements, listOf } from './inline-statements.ts'
import { type VariableContext, variableFindings, versionAt } from './policy-variables.ts'
import { verdictOn } from './resource-arns.ts'
import { knownResources } from './resource-types.ts'
import type { Verdict } from './resource-verdict.ts'
import { orNewer } from './spelling.ts'

/** Resources of inline policies: IAM refuses some that are no ARNs, and takes those of which there can be none. */
export const checkResources: Check = (manifest, { spelling, forms }) => {
  if (spelling === undefined || forms === undefined) return []
  const context = { spelling, forms, known: knownResources(forms), partition: partitionHere(manifest) }
  const verdict = remembered((text) => verdictOn(text, context))
  return inlineStatements(manifest).flatMap(([path, statement]) =>
    ['Resource', 'NotResource'].flatMap((key) =>
      listOf(at(statement, key), [...path, key]).flatMap(([where, resource]) =>
        typeof resource === 'string'
          ? findings(resource, verdict(resource), where, { ...context, version: versionAt(manifest, path) })
          : [],
      ),
    ),
  )
}

/** The partition that all accounts are in. Those of the isolated ones are not known by their Regions. */
function partitionHere(manifest: Json): Partition | undefined {
  const region = textAt(manifest, 'identity_center', 'region')
  return region === undefined || /^[a-z]+-iso/.test(region) ? undefined : partitionOf(region)
}

function remembered(judge: (text: string) => Verdict | undefined): (text: string) => Verdict | undefined {
  const verdicts = new Map<string, Verdict | undefined>()
  return (text) => {
    if (!verdicts.has(text)) verdicts.set(text, judge(text))
    return verdicts.get(text)
  }
}

function findings(
  text: string,
  verdict: Verdict | undefined,
  path: Path,
  context: VariableContext,
): readonly Finding[] {
  if (verdict === undefined) return variableFindings(text, path, context)
  const { spelling, forms } = context
  const { kind, message, hint } = verdict
  const error = atValue(path, 'resource-arn', message, kind === 'misspelt' ? orNewer(hint, forms.asOf) : hint)
  // What AWS already has can be adopted as it is, whatever is wrong with it.
  return [kind === 'warning' ? asWarning(error) : spelling.unlessAllowed(error)]
}
