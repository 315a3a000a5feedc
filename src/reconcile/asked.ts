import { actionTrouble } from '../manifest/checks/action-names.ts'
import { type Diagnostic, error, Refusal, warning } from '../model/diagnostic.ts'
import type { ActionResources } from '../policies/action-resources.ts'
import type { Request } from '../policies/decide.ts'
import type { KnownNames } from '../policies/known-names.ts'
import type { CommonOptions } from '../session/runtime.ts'
import { nearMiss } from '../text/near.ts'
import { resourceRemarks } from './asked-resource.ts'

/** What a person asks, as the command line has it. */
export interface Question {
  readonly can?: string
  readonly resource?: string
  /** Asked about applications at the same time, in which no action of AWS is allowed. */
  readonly applications?: boolean
}

/** What is to be decided, and what is to be said about it. */
export interface Asked {
  readonly request: Request
  readonly remarks: readonly Diagnostic[]
}

/** What AWS documents of actions. */
interface KnownActions {
  readonly names: KnownNames
  readonly resources: ActionResources
}

/**
 * What a person asks, as policies are asked. Throws a Refusal for what is no action or no ARN, for a misspelt action and for a resource
 * that the action is not about.
 */
export function askedOf(
  { can: action, resource, applications = false }: Question,
  { names, resources }: KnownActions,
  { allowUnknown = false }: Pick<CommonOptions, 'allowUnknown'>,
): Asked {
  if (applications)
    throw usage('--can and --resource ask about accounts, not about applications', 'leave out --applications')
  if (action === undefined)
    throw usage('--resource needs --can', 'add the action that is asked about, for example --can s3:DeleteBucket')
  const known = actionRemarks(action, names, allowUnknown)
  if (resource === undefined) return { request: { action }, remarks: known }
  if (!isResource(resource)) throw noArn(resource)
  const request = { action, resource }
  return { request, remarks: [...known, ...resourceRemarks(request, resources, allowUnknown)] }
}

/** Longer than any action there is; without a service it is one that was forgotten. */
const actionForm = /^(?:[\w*?-]{1,64}:)?[\w*?-]{1,128}$/

function actionRemarks(action: string, names: KnownNames, allowUnknown: boolean): readonly Diagnostic[] {
  if (!actionForm.test(action) || /^\*+$/.test(action))
    throw usage(`--can: ${JSON.stringify(action)} is not an action`, actionHint)
  const trouble = actionTrouble(action, { names, meant: (name, all) => nearMiss(name, [...all]) })
  if (!trouble) return []
  const { what, likely, form } = trouble
  if (form) throw usage(`--can: ${what}`, form())
  const day = names.actionsAsOf
  if (likely === undefined) return [warning('action-name', `${what} as of ${day}`, { hint: serviceReference })]
  const message = `--can: ${what}`
  const hint = `did you mean ${JSON.stringify(likely)}? If AWS added it after ${day}, pass --allow-unknown`
  if (!allowUnknown) throw new Refusal(error('action-name', message, { hint }))
  return [warning('action-name', message, { hint })]
}

const serviceReference = 'AWS lists services and their actions in the Service Authorization Reference'

const actionHint = 'write SERVICE:ACTION, for example s3:GetObject or s3:Get*; *:* is every action'

/** An ARN has six parts; AWS allows 2,048 characters (IAM API Reference, the type arnType). */
function isResource(resource: string): boolean {
  return resource === '*' || (resource.length <= 2048 && /^arn(?::[^:\s]*){4}:\S.*$/.test(resource))
}

function noArn(resource: string): Refusal {
  return usage(
    `--resource: ${JSON.stringify(resource)} is not an ARN`,
    'write it whole, for example arn:aws:s3:::my-bucket or arn:aws:s3:::my-bucket/*; * is every resource',
  )
}

function usage(message: string, hint: string): Refusal {
  return new Refusal(error('usage', message, { hint }))
}
