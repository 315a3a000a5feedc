import { accountInstance } from '../aws/account-instance.ts'
import { type InstanceDetail, type InstanceRow, ofOrganization } from '../aws/examine.ts'
import { statusTrouble } from '../aws/instance-status.ts'
import { replicaSentence } from '../aws/replica.ts'
import { homesIn } from '../aws/scan.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { listed } from '../text/list.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Finding, ok, problem, warn } from './finding.ts'
import { enabling } from './organization.ts'

/** There is an organization instance in this region, it is active, and permission sets are turned on. */
export const instance: Check = {
  name: 'instance',
  title: 'Identity Center',
  examine: (evidence) => [...here(evidence), ...everywhere(evidence)],
}

function here(evidence: Evidence): readonly Finding[] {
  const { cloud, manifest } = evidence
  if (!cloud || 'refusal' in cloud.caller) return []
  if (!cloud.region) return [noRegion(evidence)]
  if (!cloud.instances) return []
  if ('refusal' in cloud.instances) {
    const { code, message, hint = 'run this again' } = cloud.instances.refusal
    return [problem(code, message, hint)]
  }
  const desired = manifest?.manifest.identity_center.instance
  const rows = cloud.instances.value
  const mine = ofOrganization(rows, cloud.organization)
  const named = desired ? mine.filter(({ id }) => id === desired) : mine
  const [only, second] = named
  // Without an organization that is what has to be made first, and making it enables Identity Center.
  if (rows.length === 0 && hasNoOrganization(evidence)) return []
  if (!only) return [missing(evidence, rows, mine, desired)]
  if (second)
    return [
      problem(
        'instance-ambiguous',
        `several instances are visible in ${cloud.region}`,
        `write identity_center.instance: ${mine.map(({ id }) => id).join(' or ')}`,
      ),
    ]
  return describe(only, evidence)
}

/** What a scan of the regions found, however the region asked for looks. */
function everywhere({ scan }: Evidence): readonly Finding[] {
  if (!scan) return []
  const found = homesIn(scan)
  const failed = scan.failed.map(({ region }) => region)
  const [first] = scan.failed
  return [
    ...(found.length > 0 ? [ok('scan-found', `instances are visible in ${listed(found, 5, 6)}`)] : []),
    ...(first
      ? [
          warn(
            'scan-partial',
            `not every region answered: ${listed(failed, 5, 6)} (${first.refusal.message})`,
            first.refusal.hint ?? 'run this again',
          ),
        ]
      : []),
  ]
}

function hasNoOrganization({ cloud }: Evidence): boolean {
  const organization = cloud?.organization
  return organization !== undefined && 'refusal' in organization && organization.refusal.code === 'aws-no-organization'
}

function describe(row: InstanceRow, { cloud }: Evidence): readonly Finding[] {
  const region = cloud?.region ?? ''
  const answer = cloud?.instance
  if (answer && 'refusal' in answer)
    return [problem(answer.refusal.code, answer.refusal.message, answer.refusal.hint ?? 'run this again')]
  const detail: InstanceDetail = answer?.value ?? {}
  const primary = detail.primaryRegion ?? row.primaryRegion
  const trouble = statusTrouble(detail.status, detail.statusReason, region)
  const troubles = [
    ...(primary && primary !== region ? [replica(region, primary)] : []),
    ...(trouble ? [problem(trouble.code, trouble.message, trouble.hint)] : []),
    ...(detail.permissionSetsEnabled === false ? [setsDisabled(row, region)] : []),
  ]
  const sets = detail.permissionSetsEnabled ? ', permission sets are enabled' : ''
  return troubles.length > 0 ? troubles : [ok('instance-active', `organization instance ${row.id} in ${region}${sets}`)]
}

function replica(region: string, primary: string): Finding {
  return problem('region-replica', replicaSentence(region, primary), `write region: ${primary} under identity_center`)
}

function setsDisabled({ arn }: InstanceRow, region: string): Finding {
  return problem('permission-sets-disabled', 'permission sets are turned off for this instance', {
    text: 'turn them on; this cannot be undone',
    commands: [`aws sso-admin update-instance --instance-arn ${arn} --permission-sets-enabled --region ${region}`],
  })
}

function missing(
  evidence: Evidence,
  rows: readonly InstanceRow[],
  mine: readonly InstanceRow[],
  desired: string | undefined,
): Finding {
  const { cloud, scan } = evidence
  const region = cloud?.region ?? ''
  if (desired && mine.length > 0)
    return problem(
      'instance-missing',
      `instance ${desired} is not among those visible in ${region}`,
      `write identity_center.instance: ${mine.map(({ id }) => id).join(' or ')}`,
    )
  const elsewhere = scan ? homesIn(scan).filter((one) => one !== region) : []
  if (elsewhere.length > 0)
    return problem(
      'region-wrong',
      `Identity Center is not in ${region} but in ${elsewhere.join(' and ')}`,
      `write identity_center.region: ${elsewhere.join(' or ')}`,
    )
  if (rows.length > 0) return told(accountInstance(region))
  return notEnabled(region, evidence)
}

// In the words of a plan, which refuses the same.
function told({ code, message, hint = 'run this again' }: Diagnostic): Finding {
  return problem(code, message, hint)
}

function notEnabled(region: string, evidence: Evidence): Finding {
  const how = enabling(evidence)
  if (evidence.scan)
    return problem('instance-none', 'Identity Center is not visible in any region enabled by default', how)
  return problem('instance-none', `Identity Center is not visible in ${region}; it is only visible in its own region`, {
    text: `look for it in the other regions, or, if it is in none: ${how}`,
    commands: ['sso-reconcile doctor --scan'],
  })
}

function noRegion({ scan }: Evidence): Finding {
  const [home] = scan ? homesIn(scan) : []
  if (home)
    return warn(
      'region-unknown',
      `no region is configured; Identity Center is in ${home}`,
      `write identity_center.region: ${home}`,
    )
  return warn('region-unknown', 'no region is configured for Identity Center', {
    text: 'look for it',
    commands: ['sso-reconcile doctor --scan'],
  })
}
