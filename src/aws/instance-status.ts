import type { InstanceStatus } from '@aws-sdk/client-sso-admin'
import { consolePage, deleting } from '../model/console.ts'

/** Why an instance that is there cannot be worked with yet. */
export interface StatusTrouble {
  readonly code: 'instance-not-active' | 'instance-failed'
  readonly message: string
  /** What to do. */
  readonly hint: string
}

const underWay: Readonly<Partial<Record<string, string>>> = {
  CREATE_IN_PROGRESS: 'being enabled',
  DELETE_IN_PROGRESS: 'being deleted',
} satisfies Partial<Record<InstanceStatus, string>>

const failed: InstanceStatus = 'CREATE_FAILED'

/**
 * What the status of an instance says against working with it; undefined for ACTIVE, and where the server does not tell. Source: model
 * (InstanceStatus).
 */
export function statusTrouble(
  status: string | undefined,
  reason: string | undefined,
  region: string,
): StatusTrouble | undefined {
  if (!status || status === 'ACTIVE') return undefined
  const why = `${status}${reason ? `: ${reason}` : ''}`
  if (status === failed)
    return {
      code: 'instance-failed',
      message: `Identity Center could not be enabled (${why})`,
      hint: `delete it in the console: ${consolePage(region, 'settings')} (${deleting}), then enable it again`,
    }
  return {
    code: 'instance-not-active',
    message: `Identity Center is ${underWay[status] ?? 'not active'} (${why})`,
    hint: `wait until it is active in the console, then run this again: ${consolePage(region)}`,
  }
}
