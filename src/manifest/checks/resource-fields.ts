import { defaultRegions, knownRegions } from '../../model/regions.ts'
import { type Arn, arnText } from '../../policies/arn.ts'
import { hasWildcards } from '../../policies/wildcards.ts'
import { didYouMean, quote } from '../finding.ts'
import type { ResourceContext, Verdict } from './resource-verdict.ts'

/** What is wrong with the Region or the account of an ARN, by itself. */
export function fieldVerdict(arn: Arn, context: ResourceContext): Verdict | undefined {
  return wrongRegion(arn, context) ?? wrongAccount(arn, context)
}

/** True for a part that may become something else: a colon in it is that of a variable which IAM fills in. */
function isOpen(part: string): boolean {
  return hasWildcards(part) || part.includes(':')
}

function wrongRegion(arn: Arn, context: ResourceContext): Verdict | undefined {
  const { region } = arn
  if (region === '' || isOpen(region) || knownRegions.includes(region)) return undefined
  if (isListed(arn, 'region', context)) return undefined
  const likely = context.spelling.meant(region, knownRegions)
  if (isRegular(region) && likely === undefined) return unknownRegion(arn, context)
  const message = `${quote(arnText(arn))}: ${quote(region)} is not a Region`
  if (isRegular(region)) return { kind: 'misspelt', message, hint: `did you mean ${quote(likely)}?` }
  return { kind: 'error', message, hint: didYouMean(region, defaultRegions, 'write a Region such as eu-west-1, or *') }
}

function isRegular(region: string): boolean {
  return /^[a-z]{2,5}(?:-[a-z]+){1,3}-\d{1,2}$/.test(region)
}

// AWS tells nobody which ones are isolated, and adds others every year.
function unknownRegion(arn: Arn, { forms: { asOf } }: ResourceContext): Verdict | undefined {
  if (/^[a-z]+-iso/.test(arn.region)) return undefined
  const message = `${quote(arnText(arn))}: AWS had no Region ${quote(arn.region)} on ${asOf}`
  return { kind: 'warning', message, hint: 'check its name; * stands for any Region' }
}

// What belongs to AWS itself has its own word in place of an account: "aws" in iam and ssm, "aws-marketplace", "amazon", "cloudfront".
function wrongAccount(arn: Arn, context: ResourceContext): Verdict | undefined {
  const { account } = arn
  if (account === '' || isOpen(account) || /^(?:\d{12}|aws[a-z-]*|amazon[a-z-]*|cloudfront)$/.test(account))
    return undefined
  if (isListed(arn, 'account', context)) return undefined
  const message = `${quote(arnText(arn))}: ${quote(account)} is not an account id`
  const digits = /^\d+$/.test(account) ? `; this one has ${account.length}` : ''
  return { kind: 'error', message, hint: `an account id has 12 digits${digits}; * stands for any` }
}

function isListed(arn: Arn, part: 'region' | 'account', { known }: ResourceContext): boolean {
  return known.formsOf(arn)?.some((form) => form[part] === arn[part]) ?? false
}
