import { address } from '../../model/address.ts'
import type { Found } from '../adoption.ts'

/** True where nothing on this machine signs in to an Identity Center. */
export function noSignInHere({ live, machine }: Found): boolean {
  return live['sso-session'].size === 0 && (machine?.hints ?? []).length === 0
}

/** True for a profile of this machine that says more than a Region and an output format: it is somebody already, and stays so. */
export function isTaken(profile: string, { live, machine }: Found): boolean {
  const at = address('profile', profile)
  const keys = Object.keys(live.profile.get(at)?.spec ?? {})
  return machine?.odd.has(at) || keys.some((key) => key !== 'region' && key !== 'output')
}
