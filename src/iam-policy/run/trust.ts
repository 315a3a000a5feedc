import type { LoadedManifest } from '../../manifest/load.ts'
import { error, Refusal, warning } from '../../model/diagnostic.ts'
import { partitionOf } from '../../model/partition.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { reachFlags } from '../../session/flags.ts'
import type { CommonOptions, Runtime } from '../../session/runtime.ts'
import { jsonText } from '../../text/json.ts'
import { shown } from '../../text/shown.ts'
import { hasNoIds, type Pipelines, roleCommands, trustPolicy } from '../trust.ts'

/** Prints the trust policy of a role for pipelines, and to stderr how to make the role. Nothing is read from AWS. */
export async function printTrust(
  runtime: Runtime,
  options: CommonOptions & { readonly readOnly: boolean },
  pipelines: Pipelines,
  { manifest }: LoadedManifest,
): Promise<number> {
  const { readOnly } = options
  const partition = partitionOf(manifest.identity_center.region)
  const trust = trustPolicy(pipelines, { account: accountIn(manifest, options), partition, readOnly })
  runtime.out(`${jsonText(trust, 2)}\n`)
  if (options.quiet) return 0
  if (hasNoIds(pipelines)) reportDiagnostics(runtime, [withoutIds(pipelines)], new Map())
  const flags = `${readOnly ? ' --read-only' : ''}${reachFlags(options)}`
  const { host, repository, context } = pipelines
  const named = [host, repository, ...(context === undefined ? [] : [context])].join(':')
  runtime.err(
    [
      'To make the role, in that account (the provider is made once for all roles):',
      `  sso-reconcile iam-policy --trust ${shown(named)}${flags} > trust.json`,
      `  sso-reconcile iam-policy${flags} > policy.json`,
      ...roleCommands(pipelines, { readOnly, partition }).map((line) => `  ${line}`),
      '',
    ].join('\n'),
  )
  return 0
}

// The role has to be where its permissions are: in the management account, unless another one is the delegated administrator.
function accountIn({ accounts = {} }: LoadedManifest['manifest'], options: CommonOptions): string {
  if (accounts.management !== undefined) return accounts.management
  throw new Refusal(
    error('trust-account', `${options.file} does not say which account the role is in`, {
      hint: `add its id: accounts: { management: "111122223333" }; sso-reconcile init${reachFlags(options)} fills it in`,
    }),
  )
}

function withoutIds({ repository }: Pipelines) {
  const message = `repositories of GitHub that were made since July 15, 2026, or have opted in, introduce themselves with their ids, and this policy does not trust ${repository} then`
  const hint = `for those, name it with its ids, which this prints: gh api repos/${repository} --jq '"github:\\(.owner.login)@\\(.owner.id)/\\(.name)@\\(.id)"'`
  return warning('trust-ids', message, { hint })
}
