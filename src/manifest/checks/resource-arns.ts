import { arnOf, arnParts } from '../../policies/arn.ts'
import { hasWildcards } from '../../policies/wildcards.ts'
import { quote } from '../finding.ts'
import { fieldVerdict } from './resource-fields.ts'
import { formVerdict } from './resource-forms.ts'
import type { ResourceContext, Verdict } from './resource-verdict.ts'
import { whole } from './spelling.ts'

const form = 'an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE'

/**
 * What is wrong with a text under Resource or NotResource; undefined where nothing is. Sources: IAM User Guide, "IAM JSON policy elements:
 * Resource" and "IAM policy validation check reference"; what IAM answers to others is in the tables of the tests.
 */
export function verdictOn(text: string, context: ResourceContext): Verdict | undefined {
  const parts = arnParts(text)
  if (/^\*+$/.test(text)) return undefined
  if (parts.length === 1 && !text.includes('${')) return notArn(text)
  if (isOpen(parts[0] ?? '')) return undefined
  return (
    wrongPrefix(text, parts, context) ??
    wrongPartition(text, parts, context) ??
    wrongService(text, parts, context) ??
    (parts.length < 6 ? tooShort(text, parts, context) : wrongParts(parts, context))
  )
}

function wrongParts(parts: readonly string[], context: ResourceContext): Verdict | undefined {
  const arn = arnOf(parts)
  const field = arn && fieldVerdict(arn, context)
  if (field !== undefined && field.kind !== 'warning') return field
  // What may be right is said only where nothing is wrong for certain.
  return (arn && formVerdict(arn, context)) ?? field
}

/** True for a part that may stand for more than it says. */
function isOpen(part: string): boolean {
  return hasWildcards(part) || part.includes('${')
}

// IAM: "Resource … must be in ARN format or "*"."
function notArn(text: string): Verdict {
  const isBucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/.{0,80})?$/.test(text)
  const example = isBucket ? `arn:aws:s3:::${text}` : 'arn:aws:s3:::my-bucket'
  const hint = `write an ARN, for example ${quote(example)} for a bucket, or "*"`
  return { kind: 'error', message: `${quote(text)} is not an ARN`, hint }
}

function wrongPrefix(text: string, parts: readonly string[], context: ResourceContext): Verdict | undefined {
  if (parts[0] === 'arn') return undefined
  const { partition = 'aws' } = context
  const rest = text.slice(text.indexOf(':'))
  const hint = meant([`arn:${text}`, `arn:${partition}:${text}`, `arn${rest}`], context)
  return { kind: 'error', message: `${quote(text)} does not begin with "arn:"`, hint }
}

// IAM: "Partition … is not valid for resource …", of all but the one it is in.
function wrongPartition(text: string, parts: readonly string[], context: ResourceContext): Verdict | undefined {
  const [, found = ''] = parts
  const { partition: expected = 'aws' } = context
  if (found === expected || hasWildcards(found)) return undefined
  if (context.partition === undefined && /^aws(?:-[a-z]+)*$/.test(found)) return undefined
  const [after, instead] = [text.slice(4), text.slice(4 + found.length)]
  const hint = meant([`arn:${expected}${instead}`, `arn:${expected}:${after}`], context)
  const message = `${quote(text)} is in the partition ${quote(found)}; expected ${quote(expected)}`
  return { kind: 'error', message, hint }
}

function wrongService(text: string, parts: readonly string[], context: ResourceContext): Verdict | undefined {
  const [, partition, service = '', ...rest] = parts
  const replaced = (by: string) => ['arn', partition, by, ...rest].join(':')
  const { names, meant: near } = context.spelling
  if (service === '') {
    const hint = meant([['arn', partition, ...rest].join(':')], context)
    return { kind: 'error', message: `${quote(text)} names no service`, hint }
  }
  // IAM: "Resource vendor must be fully qualified and cannot contain regexes."
  if (isOpen(service)) {
    const message = `${quote(text)}: the service of an ARN takes neither wildcards nor variables`
    return { kind: 'error', message, hint: 'name the service, or write "*" for all resources' }
  }
  if (isService(service, context)) return undefined
  const likely = near(service, [...names.services, ...context.forms.arnServices])
  const message = `AWS has no service ${quote(service)} for ARNs`
  if (likely !== undefined) return { kind: 'misspelt', message, hint: `did you mean ${whole(replaced(likely))}?` }
  const hint = 'AWS lists the ARNs of its services in the Service Authorization Reference'
  return { kind: 'warning', message: `${message} as of ${context.forms.asOf}`, hint }
}

function isService(service: string, { spelling, forms }: ResourceContext): boolean {
  const isKnown = spelling.names.actionsOf(service) !== undefined || forms.formsOf(service) !== undefined
  return isKnown && service === service.toLowerCase()
}

/** The first of some texts that is a whole ARN of a known service. */
function meant(candidates: readonly string[], context: ResourceContext): string {
  const likely = candidates.find((one) => {
    const arn = arnOf(arnParts(one))
    return arn !== undefined && isService(arn.service, context) && arn.resource !== ''
  })
  return likely === undefined ? form : `did you mean ${whole(likely)}?`
}

/**
 * IAM completes an ARN of fewer parts with stars ("IAM identifiers" of the guide), but refuses one with an empty part: "The policy failed
 * legacy parsing".
 */
function tooShort(text: string, parts: readonly string[], context: ResourceContext): Verdict {
  const completed = [...parts, ...stars(6 - parts.length)]
  const isRefused = text.includes('::') && !text.endsWith('*')
  const likely = repaired(parts, context)
  const wrong = isRefused || wrongParts(completed, context)?.kind === 'error'
  const what = `${quote(text)} has ${parts.length} parts; an ARN has 6`
  if (wrong)
    return { kind: 'error', message: what, hint: likely === undefined ? form : `did you mean ${whole(likely)}?` }
  const hint = `write ${whole(completed.join(':'))} if all of them are meant`
  return { kind: 'warning', message: `${what}, and IAM adds "*" for the others`, hint }
}

function stars(count: number): readonly string[] {
  return Array.from({ length: count }, () => '*')
}

/** The ARN with parts put in where they are missing, empty ones or stars, so that it is one of AWS's forms. */
function repaired(parts: readonly string[], context: ResourceContext): string | undefined {
  const missing = 6 - parts.length
  const fillers =
    missing === 1
      ? [[''], ['*']]
      : [
          ['', ''],
          ['', '*'],
          ['*', ''],
          ['*', '*'],
        ]
  const candidates = [3, 4, 5].flatMap((at) =>
    fillers.map((filler) => [...parts.slice(0, at), ...filler, ...parts.slice(at)]),
  )
  return candidates.find((one) => isWhole(one, context))?.join(':')
}

function isWhole(parts: readonly string[], context: ResourceContext): boolean {
  const arn = parts.length === 6 ? arnOf(parts) : undefined
  const forms = arn && context.known.formsOf(arn)
  if (arn === undefined || forms === undefined || fieldVerdict(arn, context) !== undefined) return false
  return context.known.matches(arn, forms)
}
