import { assignsOnManagement } from '../iam-policy/management.ts'
import { managedPolicyLimit, policyFor, policySize } from '../iam-policy/policy.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { CommonOptions, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { readManifest } from './manifest.ts'

/** Options of `iam-policy`. */
export interface IamPolicyOptions extends CommonOptions {
  /** Only what `plan` and the reports need. */
  readonly readOnly: boolean
}

/** Prints the policy a caller needs for this manifest. Nothing is read from AWS. */
export async function iamPolicy(
  shell: Shell,
  options: IamPolicyOptions,
  sources: Map<string, string>,
): Promise<number> {
  const { manifest } = (await readManifest(shell, options.file, sources)).manifest
  const policy = policyFor(manifest, options)
  shell.out(`${JSON.stringify(policy, null, 2)}\n`)
  const size = policySize(policy)
  const findings = [...tooLarge(size), ...(options.readOnly ? [] : wide(manifest))]
  if (!options.quiet) reportDiagnostics(shell, findings, sources)
  return 0
}

function tooLarge(size: number): Diagnostic[] {
  if (size <= managedPolicyLimit) return []
  return [
    warning(
      'policy-too-large',
      `the policy has ${size} characters, and IAM allows a managed policy ${managedPolicyLimit}`,
      {
        hint: 'split it by statement into two managed policies, or use it as the inline policy of a permission set or a role (10,240)',
      },
    ),
  ]
}

function wide(manifest: Manifest): Diagnostic[] {
  if (assignsOnManagement(manifest) !== 'maybe') return []
  return [
    warning(
      'policy-management',
      'the statements ManagementAccount… are included because an account of the manifest may be the management account',
      {
        hint: 'write its id as accounts.management, and ids or nicknames instead of { name: … }; or remove the statements when no assignment is in it',
      },
    ),
  ]
}
