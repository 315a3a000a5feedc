import { pipelinesIn } from '../iam-policy/trust.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'
import { flag, parsed, text } from '../usage/option.ts'

/** `iam-policy`: what whoever runs this has to be allowed. */
export const iamPolicy = command({
  name: 'iam-policy',
  summary: 'print the least-privilege IAM policy that this manifest needs',
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    readOnly: flag('--read-only', 'only what plan and reports need'),
    policyChecks: flag('--policy-checks', 'also what looks up policies and asks Access Analyzer about them'),
    arns: flag('--arns', 'also what access --arns reads: the roles of the account that asks'),
    trust: parsed(
      '--trust <repository>',
      'print instead the trust policy of a role for the pipelines of github:OWNER/REPO or gitlab:GROUP/PROJECT',
      pipelinesIn,
      'Expected github:OWNER/REPO, github:OWNER@ID/REPO@ID or gitlab:GROUP/PROJECT, each also with :environment:NAME or the like.',
    ),
    kmsKey: text('--kms-key <arn>', 'the KMS key that encrypts Identity Center, or none (default: looked up)'),
  },
  async run(runtime, given, sources) {
    const { iamPolicy } = await import('../iam-policy/run/iam-policy.ts')
    const { trust, ...rest } = given
    return iamPolicy(runtime, { ...rest, ...(trust ? { trust } : {}), ...commonOptions(given) }, sources)
  },
})
