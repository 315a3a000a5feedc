import { type Arn, withoutVariables } from '../../policies/arn.ts'
import type { KnownForms, ResourceForm } from '../../policies/known-forms.ts'
import { patternsOverlap } from '../../policies/wildcards.ts'

/** The forms of ARNs that AWS has, and which of them an ARN of a policy can match. */
export interface KnownResources {
  /** Undefined where no forms are listed, and in a manifest whose resources take too long to compare. */
  formsOf(arn: Arn): readonly ResourceForm[] | undefined
  /** True where an ARN in all its parts can match one of the forms. */
  matches(arn: Arn, forms: readonly ResourceForm[]): boolean
  /** The forms that what follows the account can match. */
  alike(arn: Arn, forms: readonly ResourceForm[]): readonly ResourceForm[]
}

/** Letters compared with letters: where there are more, no person wrote the manifest. */
const mostCompared = 20_000_000

/** Compares resources for one look at a manifest. */
export function knownResources(known: KnownForms): KnownResources {
  let compared = 0
  const overlaps = (written: string, form: string) => {
    compared += written[0] === form[0] || /^[*?]/.test(written + form) ? written.length * form.length : 1
    return compared > mostCompared || patternsOverlap(written, form)
  }
  // A star in a form stands for something.
  const part = (written: string, form: string) =>
    form === '*' ? written !== '' : overlaps(withoutVariables(written), form)
  const alike = ({ resource }: Arn, forms: readonly ResourceForm[]) =>
    forms.filter((form) => overlaps(withoutVariables(resource), form.resource))
  return {
    formsOf: ({ service }) => (compared > mostCompared ? undefined : known.formsOf(service)),
    alike,
    matches: (arn, forms) =>
      alike(arn, forms).some((form) => part(arn.region, form.region) && part(arn.account, form.account)),
  }
}
