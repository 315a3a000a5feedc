import { type Arn, arnText } from '../../policies/arn.ts'
import type { ResourceForm } from '../../policies/known-forms.ts'
import { writtenByAws } from '../../policies/more-resource-forms.ts'
import { hasWildcards } from '../../policies/wildcards.ts'
import { listed, quote } from '../finding.ts'
import type { ResourceContext, Verdict } from './resource-verdict.ts'
import { whole } from './spelling.ts'

/** Whether AWS can have a resource that an ARN of a known service matches. */
export function formVerdict(arn: Arn, context: ResourceContext): Verdict | undefined {
  const forms = context.known.formsOf(arn)
  if (forms === undefined) return undefined
  const wildcard = wildcardInIam(arn, forms)
  if (wildcard !== undefined) return wildcard
  const withoutColon = { ...arn, resource: arn.resource.replace(/^:+/, '') }
  if (withoutColon.resource !== arn.resource && context.known.matches(withoutColon, forms))
    return meant(arn, withoutColon, `${quote(arnText(arn))} has a colon too many`)
  if (context.known.matches(arn, forms)) return undefined
  const [alike] = context.known.alike(arn, forms)
  return alike === undefined ? (misspelt(arn, forms, context) ?? unknown(arn, forms, context)) : misplaced(arn, alike)
}

// IAM: "IAM resource path must either be "*" or start with user/, federated-user/, role/, …"
function wildcardInIam(arn: Arn, forms: readonly ResourceForm[]): Verdict | undefined {
  const head = headOf(arn.resource)
  if (arn.service !== 'iam' || !hasWildcards(head) || /^\*+$/.test(arn.resource)) return undefined
  const message = `${quote(arnText(arn))}: the type of a resource takes no wildcard in iam`
  return { kind: 'error', message, hint: takenByIam(forms) }
}

function takenByIam(forms: readonly ResourceForm[]): string {
  return `IAM takes "*", or what begins with ${listed(headsOf(forms).map((one) => `${one}/`))}`
}

function meant(arn: Arn, likely: Arn, message: string): Verdict {
  const begin = arn.resource.slice(0, headOf(arn.resource).length + 1)
  const kind = writtenByAws[arn.service]?.includes(begin) ? 'warning' : 'misspelt'
  return { kind, message, hint: `did you mean ${whole(arnText(likely))}?` }
}

/** What stands before the first slash or colon of a resource. */
function headOf(resource: string): string {
  return resource.slice(0, /[/:]|$/.exec(resource)?.index)
}

function headsOf(forms: readonly ResourceForm[]): readonly string[] {
  const heads = forms.map(({ resource }) => headOf(resource)).filter((head) => head !== '' && !hasWildcards(head))
  return [...new Set(heads)]
}

/** An ARN that AWS writes with another Region or account, or without. Things of AWS itself have no account, and not all are listed. */
function misplaced(arn: Arn, form: ResourceForm): Verdict {
  const [region, account] = [inPlace(arn.region, form.region), inPlace(arn.account, form.account)]
  const likely = { ...arn, region, account }
  const wrong = [...says('Region', arn.region, region), ...says('account id', arn.account, account)]
  const found = meant(arn, likely, `${quote(arnText(arn))} ${wrong.join(' and ')}`)
  return region === arn.region && arn.account === '' ? { ...found, kind: 'warning' } : found
}

function inPlace(written: string, form: string): string {
  if (form !== '*') return written.includes('*') ? written : form
  return written === '' ? '*' : written
}

function says(what: string, written: string, expected: string): readonly string[] {
  if (written === expected) return []
  if (expected === '') return [`has ${quote(written)} where AWS writes no ${what}`]
  return [written === '' ? `has no ${what}` : `has ${quote(written)} where AWS writes ${quote(expected)}`]
}

/** The type of a resource misspelt, or another sign after it. */
function misspelt(arn: Arn, forms: readonly ResourceForm[], context: ResourceContext): Verdict | undefined {
  const head = headOf(arn.resource)
  if (head === '' || hasWildcards(head) || head.includes('${')) return undefined
  const heads = headsOf(forms)
  const right = heads.includes(head) ? head : context.spelling.meant(head, heads)
  const rest = arn.resource.slice(head.length + 1)
  const candidates = ['/', ':'].map((sign) => ({ ...arn, resource: `${right}${sign}${rest}` }))
  const likely = right === undefined ? undefined : candidates.find((one) => context.known.matches(one, forms))
  if (likely === undefined) return undefined
  return meant(arn, likely, `${arn.service} has no resource ${quote(arn.resource)}`)
}

function unknown(arn: Arn, forms: readonly ResourceForm[], { forms: { asOf } }: ResourceContext): Verdict {
  const head = headOf(arn.resource)
  const alike = forms.filter(({ resource }) => headOf(resource) === head).map(({ resource }) => quote(resource))
  const heads = headsOf(forms)
  const hint = alike.length > 0 ? `AWS writes ${listed(alike)}` : `AWS writes ${listed(heads.map((one) => `${one}…`))}`
  const reference = 'AWS lists them in the Service Authorization Reference'
  const message = `${arn.service} had no resource ${quote(arn.resource)} on ${asOf}`
  // IAM refuses these where it takes those of other services.
  if (arn.service === 'iam' && !heads.includes(head))
    return { kind: 'misspelt', message, hint: `${takenByIam(forms)}.` }
  return { kind: 'warning', message, hint: heads.length === 0 ? reference : hint }
}
