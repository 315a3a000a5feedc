import { type Diagnostic, error, Refusal, warning } from '../model/diagnostic.ts'
import { type ActionResources, isOfForm } from '../policies/action-resources.ts'
import type { Request } from '../policies/decide.ts'
import { hasWildcards } from '../policies/wildcards.ts'
import { shown } from '../text/shown.ts'
import { serviceMismatch } from './resource-service.ts'

/** Why an action is not about a resource, and what to ask instead. */
interface Trouble {
  readonly message: string
  readonly hint: string
}

/**
 * Throws a Refusal for a resource that the action is not about: AWS never decides that, so any answer would be wrong. With
 * `allowUnknown` it is a remark, as AWS may have changed what the action takes. Pure.
 */
export function resourceRemarks(
  { action, resource = '*' }: Request,
  { resourcesOf }: ActionResources,
  allowUnknown: boolean,
): readonly Diagnostic[] {
  if (resource === '*' || hasWildcards(action)) return []
  const trouble = troubleOf(action, resource, resourcesOf(action))
  if (!trouble) return []
  const { message, hint } = trouble
  if (allowUnknown) return [warning('resource-type', `${message}, so the answer says nothing`, { hint })]
  throw new Refusal(error('resource-type', message, { hint: `${hint}; --allow-unknown asks anyway` }))
}

function troubleOf(action: string, resource: string, forms: readonly string[] | undefined): Trouble | undefined {
  if (forms === undefined) return serviceTrouble(action, resource)
  if (forms.length === 0) return { message: `${action} is about no single resource`, hint: 'leave --resource out' }
  if (forms.some((form) => isOfForm(form, resource))) return undefined
  return { message: `${action} is not about ${shown(resource)}`, hint: formHint(forms, resource) }
}

function serviceTrouble(action: string, resource: string): Trouble | undefined {
  const other = serviceMismatch(action, resource)
  if (other === undefined) return undefined
  return {
    message: `${action} is not about resources of ${shown(other)}`,
    hint: 'AWS lists the resources of each action in the Service Authorization Reference',
  }
}

function formHint(forms: readonly string[], resource: string): string {
  const longer = [...new Set(forms.flatMap((form) => longerOf(form, resource)))].sort((a, b) => a.length - b.length)
  if (longer[0] !== undefined) return `write ${shown(longer[0])} for what is in it`
  const some = forms.slice(0, 3).join(', ')
  return `it is about ${some}${forms.length > 3 ? ' and others' : ''}`
}

/** The resource with an end of the form, where that makes it one of the form: objects of a bucket, streams of a log group. */
function longerOf(form: string, resource: string): readonly string[] {
  if (hasWildcards(resource)) return []
  const ends = [...form.matchAll(/[:/](?=[^:/]*\*)/g)].map(({ index }) => resource + form.slice(index))
  return ends.filter((one) => isOfForm(form, one)).slice(-1)
}

/** Throws a Refusal for a resource that cannot be in this Identity Center's partition; `arn` is one that is. */
export function checkPartition({ resource = '*' }: Request, arn: string): void {
  const [here = '', asked = here] = [arn, resource].map((one) => one.split(':')[1])
  if (resource === '*' || hasWildcards(asked) || asked === here) return
  const message = `${shown(resource)} is in the partition ${shown(asked)}, and these accounts are in ${here}`
  const hint = `nothing there can be reached from here; write arn:${here}: for a resource of these accounts`
  throw new Refusal(error('resource-partition', message, { hint }))
}
