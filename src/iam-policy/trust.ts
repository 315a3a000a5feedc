import type { JsonObject } from '../model/json.ts'
import type { Partition } from '../model/partition.ts'

/** Where pipelines run that a role is to trust. */
export interface Pipelines {
  readonly host: 'github' | 'gitlab'
  /** `OWNER/REPO`, or with the ids that GitHub writes behind the names, `OWNER@1/REPO@2`. */
  readonly repository: string
  /** What the subject says behind the repository, as `ref:refs/heads/main`; absent for what is usual. */
  readonly context?: string
}

const names = /^(github|gitlab):([\w.-]+(?:@\d+)?(?:\/[\w.-]+(?:@\d+)?)+)(?::([\w./:-]+))?$/

/** Reads `github:OWNER/REPO`, `github:OWNER@1/REPO@2:environment:production` or `gitlab:GROUP/PROJECT`; undefined for any other text. */
export function pipelinesIn(text: string): Pipelines | undefined {
  const [, host, repository, context] = names.exec(text) ?? []
  if (repository === undefined || (host !== 'github' && host !== 'gitlab')) return undefined
  const isShort = repository.split('/').length === 2
  if (host === 'github' && !isShort) return undefined
  return { host, repository, ...(context === undefined ? {} : { context }) }
}

/** How a host of pipelines introduces them. */
interface Host {
  /** Its OpenID Connect provider, without the scheme. */
  readonly provider: string
  audience(partition: Partition): string
  subjects(pipelines: Pipelines, readOnly: boolean): readonly string[]
}

/** Sources: docs.github.com, "OpenID Connect reference"; docs.gitlab.com, "OpenID Connect (OIDC) Authentication Using ID Tokens". */
const hosts: Readonly<Record<Pipelines['host'], Host>> = {
  github: {
    provider: 'token.actions.githubusercontent.com',
    // What the action configure-aws-credentials asks for, and has to be told in China.
    audience: (partition) => (partition === 'aws-cn' ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com'),
    subjects: ({ repository, context }, readOnly) => {
      const usual = ['ref:refs/heads/main', ...(readOnly ? ['pull_request'] : [])]
      return (context === undefined ? usual : [context]).map((one) => `repo:${repository}:${one}`)
    },
  },
  gitlab: {
    provider: 'gitlab.com',
    audience: () => 'https://gitlab.com',
    // A pipeline of a merge request has the branch that is to be merged.
    subjects: ({ repository, context }, readOnly) => {
      const usual = readOnly ? 'ref_type:branch:ref:*' : 'ref_type:branch:ref:main'
      return [`project_path:${repository}:${context ?? usual}`]
    },
  },
}

/** The trust policy of a role that these pipelines may take, and nobody else. Pure. */
export function trustPolicy(
  pipelines: Pipelines,
  {
    account,
    partition,
    readOnly,
  }: { readonly account: string; readonly partition: Partition; readonly readOnly: boolean },
): JsonObject {
  const { provider, audience, subjects } = hosts[pipelines.host]
  const allowed = subjects(pipelines, readOnly)
  const hasWildcard = allowed.some((one) => one.includes('*'))
  const sub = { [`${provider}:sub`]: [...allowed] }
  const aud = { [`${provider}:aud`]: audience(partition) }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: hasWildcard ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } },
      },
    ],
  }
}

/** The commands that make the provider and a role of what was printed into files. Pure. */
export function roleCommands(
  { host }: Pipelines,
  { readOnly, partition }: { readonly readOnly: boolean; readonly partition: Partition },
): readonly string[] {
  const { provider, audience } = hosts[host]
  const role = readOnly ? 'sso-reconcile-plan' : 'sso-reconcile-apply'
  return [
    `aws iam create-open-id-connect-provider --url https://${provider} --client-id-list ${audience(partition)}`,
    `aws iam create-role --role-name ${role} --assume-role-policy-document file://trust.json`,
    `aws iam put-role-policy --role-name ${role} --policy-name sso-reconcile --policy-document file://policy.json`,
  ]
}

/** True for a repository of GitHub that is named without ids, as it is in the subjects of older repositories alone. */
export function hasNoIds({ host, repository }: Pipelines): boolean {
  return host === 'github' && !repository.includes('@')
}
