import { customerKey } from '../../aws/encryption.ts'
import { type Answer, answered } from '../../aws/examine.ts'
import { openLook } from '../../aws/look.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, error, Refusal, warning } from '../../model/diagnostic.ts'
import { withConnection } from '../../session/connection.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { readManifest } from '../../session/manifest.ts'
import type { CommonOptions, Runtime } from '../../session/runtime.ts'
import { jsonText } from '../../text/json.ts'
import { assignsOnManagement } from '../management.ts'
import { managedPolicyLimit, policyFor, policySize } from '../policy.ts'
import type { Pipelines } from '../trust.ts'
import { printTrust } from './trust.ts'

/** Options of `iam-policy`. */
interface IamPolicyOptions extends CommonOptions {
  /** Only what `plan` and the reports need. */
  readonly readOnly: boolean
  /** ARN of the key that encrypts Identity Center, or `none`; AWS is asked when absent. */
  readonly kmsKey?: string
  /** Print who may take the role instead: pipelines of this repository. */
  readonly trust?: Pipelines
  /** With the permissions to look policies up and to have them checked. */
  readonly policyChecks: boolean
  /** With the permission to list roles, for `access --arns`. */
  readonly arns: boolean
}

/** Prints the policy a caller needs for this manifest. Nothing is read from AWS but the key that encrypts Identity Center. */
export async function iamPolicy(
  runtime: Runtime,
  options: IamPolicyOptions,
  sources: Map<string, string>,
): Promise<number> {
  const loaded = (await readManifest(runtime, options, sources)).manifest
  if (options.trust) return printTrust(runtime, options, options.trust, loaded)
  const { manifest } = loaded
  const found =
    options.kmsKey === undefined ? await lookUp(runtime, options, manifest) : { value: given(options.kmsKey) }
  const key = 'value' in found ? found.value : undefined
  const { readOnly, policyChecks, arns } = options
  const policy = await runtime.busy(() =>
    policyFor(manifest, { readOnly, policyChecks, arns, ...(key ? { key } : {}) }),
  )
  runtime.out(`${jsonText(policy, 2)}\n`)
  const size = policySize(policy)
  const findings = [...tooLarge(size), ...(options.readOnly ? [] : wide(manifest)), ...aboutKey(found)]
  if (!options.quiet) reportDiagnostics(runtime, findings, sources)
  return 0
}

/** Asks once and briefly: the policy is printed whatever the answer, also for somebody who has no credentials yet. */
function lookUp(runtime: Runtime, options: IamPolicyOptions, manifest: Manifest): Promise<Answer<string | undefined>> {
  return withConnection(runtime, options, manifest, async ({ route }) => {
    const { reader } = await openLook({ ...route, retry: { attempts: '2' } })
    return answered(() => customerKey(reader, manifest.identity_center.instance))
  })
}

const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/

function given(word: string): string | undefined {
  if (word === 'none') return undefined
  if (keyArn.test(word)) return word
  throw new Refusal(
    error('usage', `--kms-key: ${JSON.stringify(word)} is not the ARN of a key`, {
      hint: 'write it whole, as in arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab; or none where AWS owns the key',
    }),
  )
}

function aboutKey(found: Answer<string | undefined>): Diagnostic[] {
  if ('refusal' in found)
    return [
      warning(
        'policy-key-unknown',
        `whether Identity Center is encrypted with a customer managed KMS key was not checked: ${found.refusal.message}`,
        {
          hint: 'if it is, the caller needs kms:Decrypt as well: add --kms-key ARN; if AWS owns the key, which is the default, add --kms-key none',
        },
      ),
    ]
  if (found.value === undefined) return []
  return [
    warning('policy-key', `the key policy of ${found.value} must also allow the caller`, {
      hint: 'the key policy to start from: https://docs.aws.amazon.com/singlesignon/latest/userguide/baseline-KMS-key-policy.html',
    }),
  ]
}

function tooLarge(size: number): Diagnostic[] {
  if (size <= managedPolicyLimit) return []
  return [
    warning(
      'policy-too-large',
      `the policy has ${size} characters; IAM allows ${managedPolicyLimit} in a managed policy`,
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
      'the statements ManagementAccount… are included because an account in the manifest may be the management account',
      {
        hint: 'write its id as accounts.management, and ids or nicknames instead of { name: … }; or remove the statements when no assignment is in it',
      },
    ),
  ]
}
