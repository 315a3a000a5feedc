import { consolePage, enabling as enablingClicks } from '../model/console.ts'
import { consoleOf } from '../model/partition.ts'
import type { Evidence } from './evidence.ts'
import { type Check, ok, problem, warn } from './finding.ts'

/** Click path to an organization instance; the console makes the organization as well. Source: user guide, "Enable IAM Identity Center". */
export function enabling({ cloud }: Evidence): string {
  return cloud?.region
    ? `open ${consolePage(cloud.region)} in the management account, then ${enablingClicks}`
    : `open ${consoleOf('')} in the management account, choose the region at the top right first, then ${enablingClicks}`
}

/** The account is in an organization, and is the one Identity Center is managed from. */
export const organization: Check = {
  name: 'organization',
  title: 'Organization',
  examine(evidence) {
    const { cloud } = evidence
    if (!cloud?.organization || 'refusal' in cloud.caller) return []
    if ('refusal' in cloud.organization) {
      const { code, message, hint = 'run this again' } = cloud.organization.refusal
      if (code !== 'aws-no-organization') return [problem(code, message, hint)]
      return [
        problem(
          code,
          'this account is not in an organization, which permission sets require',
          `${enabling(evidence)}; on the AWS Free plan, upgrade to the Paid plan first: creating an organization ends your credits at once`,
        ),
      ]
    }
    const { account } = cloud.caller.value
    const { management, features } = cloud.organization.value
    const all =
      features === 'ALL'
        ? []
        : [
            problem(
              'organization-features',
              `the organization has ${features.toLowerCase().replaceAll('_', ' ')} only`,
              'AWS Organizations > Settings > Begin process to enable all features',
            ),
          ]
    if (account === management)
      return [ok('account-management', `${account} is the management account of its organization`), ...all]
    return [...(cloud.delegated ? [elsewhere(account, management, cloud.delegated)] : []), ...all]
  },
}

function elsewhere(account: string, management: string, delegated: { value: boolean } | { refusal: object }) {
  if ('value' in delegated && delegated.value)
    return warn(
      'account-delegated',
      `${account} is the delegated administrator: it can do everything except change permission sets provisioned in the management account ${management}`,
      `for those, use credentials of ${management}`,
    )
  return problem(
    'account-not-management',
    `these are credentials of account ${account}, but Identity Center is managed from the management account ${management}`,
    `use a profile of ${management}: set AWS_PROFILE or pass --profile`,
  )
}
