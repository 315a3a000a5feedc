import type { JsonObject } from '../../model/json.ts'

/** What the sandbox knows of policies of AWS. */
export interface ManagedPolicies {
  /** Names with their paths, `job-function/Billing`. */
  readonly names: ReadonlySet<string>
  /** The actions of each service by its prefix, all in lower case. */
  readonly actions: ReadonlyMap<string, ReadonlySet<string>>
}

let loaded: Promise<ManagedPolicies> | undefined

/** Reads the names, which are half a megabyte, at the first request that needs them. */
export function managedPolicies(): Promise<ManagedPolicies> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<ManagedPolicies> {
  const { policies, actions } = await import('../../generated/iam-names.ts')
  const services = actions()
    .split('\n')
    .map((line): [string, ReadonlySet<string>] => {
      const [service = '', ...names] = line.toLowerCase().split(' ')
      return [service, new Set(names)]
    })
  return { names: new Set(policies().split('\n')), actions: new Map(services) }
}

/** Documents that the sandbox has of them, each in its default version; of the others it knows the names alone. */
export const managedDocuments: Readonly<Record<string, { readonly version: string; readonly document: JsonObject }>> = {
  AdministratorAccess: {
    version: 'v1',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
  AWSDenyAll: {
    version: 'v2',
    document: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'DenyAll', Effect: 'Deny', Action: ['*'], Resource: '*' }],
    },
  },
  AmazonS3ReadOnlyAccess: {
    version: 'v3',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
          Resource: '*',
        },
      ],
    },
  },
  PowerUserAccess: {
    version: 'v12',
    document: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: [
            'account:GetAccountInformation',
            'account:GetGovCloudAccountInformation',
            'account:GetPrimaryEmail',
            'account:ListRegions',
            'iam:CreateServiceLinkedRole',
            'iam:DeleteServiceLinkedRole',
            'iam:ListRoles',
            'organizations:DescribeEffectivePolicy',
            'organizations:DescribeOrganization',
          ],
          Resource: '*',
        },
      ],
    },
  },
}
