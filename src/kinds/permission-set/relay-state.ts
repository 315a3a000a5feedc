import { consoleHost, type Partition } from '../../model/partition.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'

const partitions: readonly Partition[] = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc']

/** Hosts of AWS that nobody else can put a page on, without those below which customers name things. */
const hosts = [...partitions.map(consoleHost), 'aws.amazon.com', 'amazonaws.cn']

/**
 * That a changed relay state sends people who sign in to a page that is none of AWS: whoever changes it chooses what they see next.
 * Undefined where it does not. Pure.
 */
export function sentElsewhere(
  before: PermissionSetSpec | undefined,
  after: PermissionSetSpec | undefined,
): string | undefined {
  const state = after?.relay_state
  if (!state || state === before?.relay_state || isOfAws(state)) return undefined
  return `users who sign in are sent to ${state}, which is not an AWS page`
}

function isOfAws(state: string): boolean {
  // A path stays on the console.
  if (/^\/(?![/\\])/.test(state)) return true
  const url =
    /^https:\/\/[!-~]+$/i.test(state) && !state.includes('\\') && URL.canParse(state) ? new URL(state) : undefined
  if (url === undefined || url.username !== '' || url.password !== '' || url.port !== '') return false
  return hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
