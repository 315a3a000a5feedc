import type { RiskRights } from '../model/rights.ts'
import type { Policies } from './decide.ts'
import { type Extents, extentIn } from './extents.ts'
import { type Extent, isWider, narrower, widest } from './patterns.ts'

/** A way from some actions to more than they say: any one of `any`, and where there is `also`, any one of those too. */
export interface Risk {
  /** Stable name, in JSON. */
  readonly risk: string
  readonly any: readonly string[]
  readonly also?: readonly string[]
}

/**
 * What a reviewer has to see by name. Sources: IAM User Guide, "Granting a user permissions to pass a role to an AWS service" and the
 * access levels of the Service Authorization Reference; the ways to more rights that Rhino Security Labs and Bishop Fox published for IAM.
 */
export const risks: readonly Risk[] = [
  {
    risk: 'pass-role-to-compute',
    any: ['iam:PassRole'],
    also: [
      ...['ec2:RunInstances', 'ec2:AssociateIamInstanceProfile', 'ec2:RequestSpotInstances'],
      ...['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
      ...['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:CreateChangeSet'],
      ...['codebuild:CreateProject', 'codebuild:UpdateProject', 'codepipeline:CreatePipeline'],
      ...['glue:CreateDevEndpoint', 'glue:CreateJob', 'glue:UpdateJob', 'datapipeline:PutPipelineDefinition'],
      ...['sagemaker:CreateNotebookInstance', 'sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'],
      ...[
        'batch:RegisterJobDefinition',
        'states:CreateStateMachine',
        'states:UpdateStateMachine',
        'apprunner:CreateService',
      ],
      ...[
        'ssm:StartAutomationExecution',
        'scheduler:CreateSchedule',
        'events:PutTargets',
        'autoscaling:CreateLaunchConfiguration',
      ],
      ...['bedrock-agentcore:CreateCodeInterpreter', 'emr-serverless:StartJobRun', 'elasticmapreduce:RunJobFlow'],
    ],
  },
  {
    risk: 'write-iam-policies',
    any: [
      ...['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:AttachUserPolicy', 'iam:AttachGroupPolicy'],
      ...['iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:AddUserToGroup'],
      ...['iam:DeleteUserPermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'],
      ...['iam:PutUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
    ],
  },
  { risk: 'write-iam-roles', any: ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy'] },
  {
    risk: 'create-credentials',
    any: [
      ...[
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'iam:UpdateLoginProfile',
        'iam:CreateServiceSpecificCredential',
      ],
      ...[
        'iam:DeactivateMFADevice',
        'iam:CreateSAMLProvider',
        'iam:UpdateSAMLProvider',
        'iam:CreateOpenIDConnectProvider',
      ],
    ],
  },
  { risk: 'assume-roles', any: ['sts:AssumeRole'] },
  {
    risk: 'change-identity-center',
    any: [
      ...[
        'sso:CreateAccountAssignment',
        'sso:AttachManagedPolicyToPermissionSet',
        'sso:PutInlinePolicyToPermissionSet',
      ],
      ...['sso:AttachCustomerManagedPolicyReferenceToPermissionSet', 'sso:DeletePermissionsBoundaryFromPermissionSet'],
      ...[
        'sso:PutPermissionsBoundaryToPermissionSet',
        'identitystore:CreateGroupMembership',
        'sso-directory:AddMemberToGroup',
      ],
      ...['sso-directory:UpdatePassword', 'sso:UpdateInstanceAccessControlAttributeConfiguration'],
    ],
  },
  {
    risk: 'change-organization',
    any: [
      ...[
        'organizations:DetachPolicy',
        'organizations:UpdatePolicy',
        'organizations:DeletePolicy',
        'organizations:MoveAccount',
      ],
      ...[
        'organizations:RegisterDelegatedAdministrator',
        'organizations:DisablePolicyType',
        'organizations:LeaveOrganization',
      ],
    ],
  },
  {
    risk: 'read-secrets',
    any: [
      ...['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
      ...['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
    ],
  },
  { risk: 'use-keys', any: ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'] },
  {
    risk: 'run-commands',
    any: ['ssm:SendCommand', 'ssm:StartSession', 'ecs:ExecuteCommand', 'lambda:UpdateFunctionCode'],
  },
]

/** Ways to more rights that `more` opens and `less` does not, or only under conditions. Pure. */
export function risksBetween(less: Policies, more: Policies): readonly RiskRights[] {
  const before: Extents = (action) => extentIn(less, action)
  const after: Extents = (action) => extentIn(more, action)
  return risks.flatMap((one) => {
    const extent = extentOfRisk(one, after)
    const isNew = (action: string) => isWider(after(action), before(action))
    const fresh = [one.any.filter(isNew), (one.also ?? []).filter(isNew)]
    // What is new of one half opens the way only where the other half is there.
    if (extent === 'none' || fresh.flat().length === 0) return []
    const actions = one.also ? [...one.any, ...one.also].filter((action) => after(action) !== 'none') : fresh.flat()
    return [
      {
        risk: one.risk,
        actions,
        conditional: actions.every((action) => after(action) === 'some') || extent === 'some',
      },
    ]
  })
}

function extentOfRisk({ any, also }: Risk, extents: Extents): Extent {
  const extent = widest(any.map(extents))
  return also ? narrower(extent, widest(also.map(extents))) : extent
}
